import type { SumsView } from '@evertill/register';
import { useAmountFormat } from '@evertill/ui';
import type { ReactNode } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormats } from '../formats/formats-context.tsx';

const tick = { fill: 'var(--ev-quiet)', fontSize: 13 };

/** The bars; what they say is in the label of the picture and in the table, so the drawing itself is silent. */
export default function HourChart(props: { hours: SumsView['hours'] }): ReactNode {
  const formats = useFormats();
  const amounts = useAmountFormat();
  const bars = props.hours.map((each) => ({ hour: formats.hour(each.hour), totalMinor: each.totalMinor }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={bars} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 8 }}>
        <CartesianGrid vertical={false} stroke="var(--ev-line)" />
        <XAxis dataKey="hour" tick={tick} tickLine={false} axisLine={{ stroke: 'var(--ev-line)' }} />
        <YAxis
          width={92}
          tick={tick}
          tickCount={4}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value: number) => amounts.withCurrency(value)}
        />
        <Tooltip
          cursor={{ fill: 'var(--ev-hover)' }}
          formatter={(value) => amounts.withCurrency(Number(value))}
          separator=""
          contentStyle={{
            background: 'var(--ev-raised)',
            border: '1px solid var(--ev-line)',
            borderRadius: 12,
            color: 'var(--ev-text)',
          }}
          itemStyle={{ color: 'var(--ev-text)' }}
        />
        <Bar
          dataKey="totalMinor"
          name=""
          fill="var(--ev-accent)"
          radius={[6, 6, 0, 0]}
          maxBarSize={56}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}

/** How instants and dates are written where the register stands (`Intl`, the store's time zone, not the machine's). */
export type TimeFormat = {
  /** An ISO instant as `14:05`. */
  time(at: string): string;
  /** An ISO instant as `23 Nov, 14:05`. */
  moment(at: string): string;
  /** A business date `2026-11-23` as `Mon 23 Nov`. */
  date(businessDate: string): string;
  /** An hour of the day, 0 to 23, as `14:00`. */
  hour(hour: number): string;
};

export function createTimeFormat(options: { locale: string; timeZone: string }): TimeFormat {
  const { locale, timeZone } = options;
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone });
  const moment = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  });
  // A business date is a calendar day without an instant: UTC on both sides keeps it the same day everywhere.
  const date = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const hour = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  return {
    time: (at) => time.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    date: (businessDate) => date.format(new Date(`${businessDate}T00:00:00Z`)),
    hour: (value) => hour.format(new Date(Date.UTC(2000, 0, 1, value))),
  };
}

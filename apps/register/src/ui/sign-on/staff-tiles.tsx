import type { SessionView } from '@evertill/register';
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import styles from './staff-tiles.module.css';

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => String.fromCodePoint(part.codePointAt(0) ?? 32))
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** The people of the store as a group of radio buttons that look like tiles. */
export function StaffTiles(props: {
  staff: SessionView['staff'];
  chosenId: string;
  onChoose: (staffId: string) => void;
}): ReactNode {
  const words = useWords();
  return (
    <div role="radiogroup" aria-label={words.signOn.staff} className={styles.tiles}>
      {props.staff.map((person) => (
        <label key={person.staffId} className={styles.tile} data-chosen={person.staffId === props.chosenId}>
          <input
            type="radio"
            name="staff"
            className={styles.radio}
            value={person.staffId}
            checked={person.staffId === props.chosenId}
            onChange={() => props.onChoose(person.staffId)}
          />
          <span className={styles.avatar} aria-hidden="true">
            {initials(person.name)}
          </span>
          <span className={styles.who}>
            <span className={styles.name}>{person.name}</span>
            <span className={styles.role}>{words.roles[person.role]}</span>
          </span>
          {person.lockedUntil !== null && (
            <span className={styles.locked}>
              <IconLock size={16} stroke={1.8} aria-hidden />
              {words.signOn.locked}
            </span>
          )}
        </label>
      ))}
    </div>
  );
}

import type { SessionView } from '@evertill/register';
import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSun,
  IconUser,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words-context.tsx';
import styles from './account-menu.module.css';
import { useTask } from './task-context.tsx';
import { useCommand } from './use-command.ts';

const themes: { scheme: MantineColorScheme; icon: ReactNode }[] = [
  { scheme: 'light', icon: <IconSun size={20} stroke={1.7} /> },
  { scheme: 'dark', icon: <IconMoon size={20} stroke={1.7} /> },
  { scheme: 'auto', icon: <IconDeviceDesktop size={20} stroke={1.7} /> },
];

/** Who is signed on; signing off; the colours of this window. */
export function AccountMenu(props: { signedOn: SessionView['signedOn'] }): ReactNode {
  const { signedOn } = props;
  const words = useWords();
  const { dispatch } = useTask();
  const { run } = useCommand();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOff = async (): Promise<void> => {
    const answer = await run('signOff', {});
    if (answer === null) dispatch({ kind: 'signed-off' });
  };
  return (
    <Menu
      position="bottom-end"
      width={260}
      transitionProps={{ duration: 0 }}
      classNames={{ item: styles.item ?? '', dropdown: styles.dropdown ?? '' }}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.who}
          aria-label={signedOn ? words.shell.accountMenu(signedOn.name) : words.shell.theme}
        >
          {signedOn ? <IconUser size={20} stroke={1.8} aria-hidden /> : <IconSun size={20} stroke={1.8} aria-hidden />}
          {signedOn && <span>{signedOn.name}</span>}
          <IconChevronDown size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {signedOn && (
          <>
            <Menu.Label>{words.roles[signedOn.role]}</Menu.Label>
            <Menu.Item leftSection={<IconLogout size={20} stroke={1.7} />} onClick={() => void signOff()}>
              {words.signOn.signOff}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Label>{words.shell.theme}</Menu.Label>
        {themes.map(({ scheme, icon }) => (
          <Menu.Item
            key={scheme}
            leftSection={icon}
            rightSection={colorScheme === scheme ? <IconCheck size={18} aria-hidden /> : undefined}
            role="menuitemradio"
            aria-checked={colorScheme === scheme}
            onClick={() => setColorScheme(scheme)}
          >
            {words.shell.themes[scheme]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useKeys } from '../keys/key-context.tsx';
import type { KeyHandlers } from '../keys/key-router.ts';
import { useWords } from '../words/words-context.tsx';
import styles from './task-dialog.module.css';

/** A dialog over the sale: it takes the focus and the keys, and gives both back. Scans still reach the transaction below. */
export function TaskDialog(props: {
  title: string;
  size?: number;
  keys?: KeyHandlers;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  const words = useWords();
  // The dialog is taken away as a whole, so nobody else gives the focus back.
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => (before instanceof HTMLElement ? before.focus() : undefined), [before]);
  useKeys('dialog', { back: props.onClose, ...props.keys });
  return (
    <Modal.Root
      opened
      centered
      onClose={props.onClose}
      size={props.size ?? 520}
      transitionProps={{ duration: 0 }}
      closeOnEscape={false}
      classNames={{ overlay: styles.overlay ?? '', content: styles.content ?? '' }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className={styles.header}>
          <Modal.Title className={styles.title ?? ''}>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={words.common.close} size={48} iconSize={22} />
        </div>
        <Modal.Body className={styles.body ?? ''}>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

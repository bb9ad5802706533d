import { createContext, useContext, useMemo, useReducer, type Dispatch, type ReactNode } from 'react';
import { atStart, nextTask, type TaskEvent, type TaskState } from './task.ts';

const TaskContext = createContext<{ state: TaskState; dispatch: Dispatch<TaskEvent> } | null>(null);

export function TaskProvider(props: { startAt?: Partial<TaskState>; children: ReactNode }): ReactNode {
  const [state, dispatch] = useReducer(nextTask, { ...atStart, ...props.startAt });
  const value = useMemo(() => ({ state, dispatch }), [state]);
  return <TaskContext.Provider value={value}>{props.children}</TaskContext.Provider>;
}

/** Where the person is, and how to go elsewhere. */
export function useTask(): { state: TaskState; dispatch: Dispatch<TaskEvent> } {
  const task = useContext(TaskContext);
  if (!task) throw new Error('a screen outside of TaskProvider');
  return task;
}

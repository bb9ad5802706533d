import type { Role } from '@evertill/records';

/** What a person may be allowed to do. */
export type Permission = 'sell' | 'void-transaction' | 'open-till' | 'read-x' | 'close-till' | 'reprint';
export type PermissionMatrix = Readonly<Record<Role, readonly Permission[]>>;

const selling: readonly Permission[] = ['sell', 'void-transaction', 'open-till', 'reprint'];

/** The table a store starts with (S1). An X and a count tell what the drawer should hold, so cashiers count blind. */
export const defaultPermissions: PermissionMatrix = {
  cashier: selling,
  supervisor: [...selling, 'read-x', 'close-till'],
  manager: [...selling, 'read-x', 'close-till'],
};

export function isPermitted(matrix: PermissionMatrix, role: Role, permission: Permission): boolean {
  return matrix[role].includes(permission);
}

import { emptyItem, typeOf } from '../attribute-value.ts';
import type { AttributeValue, Item } from '../attribute-value.ts';
import { valuesEqual } from '../compare-values.ts';
import { addDecimals, decimalText, negated, parseDecimal } from '../decimal.ts';
import { ValidationFault } from '../table-fault.ts';
import { valueAt } from './evaluate-condition.ts';
import type { Path } from './token-reader.ts';
import type { UpdateAction, UpdateValue } from './update.ts';

/**
 * The item after an update. All right sides see the item as it was before, whatever the order of the actions.
 * Throws `ValidationFault` for a path that leads nowhere, or operands of a wrong type.
 */
export function applyUpdate(actions: readonly UpdateAction[], before: Item): Item {
  const after = structuredCloneOf(before);
  const assignments = actions.filter((action) => action.kind !== 'remove');
  const values = assignments.map((action) => newValue(action, before));
  assignments.forEach((action, index) => {
    const value = values[index];
    if (value === undefined) removeAt(after, action.path);
    else setAt(after, action.path, value);
  });
  // From the back of a list to its front, so that positions still mean what they meant.
  const removals = actions.filter((action) => action.kind === 'remove').map(({ path }) => path);
  removals.sort((a, b) => Number(b.at(-1)) - Number(a.at(-1)) || 0).forEach((path) => removeAt(after, path));
  return after;
}

/** `undefined` when a set has lost its last member and goes. */
function newValue(action: Exclude<UpdateAction, { kind: 'remove' }>, before: Item): AttributeValue | undefined {
  if (action.kind === 'set') return resolve(action.value, before);
  const current = valueAt(before, action.path);
  if (action.kind === 'delete') {
    const deleted = membersOf(action.value, 'DELETE');
    if (current && typeOf(current) !== typeOf(action.value)) throw wrongOperand('DELETE', current);
    return current && withMembers(current, (members) => members.filter((member) => !deleted.some(sameMember(member))));
  }
  if ('N' in action.value) {
    if (current && !('N' in current)) throw wrongOperand('ADD', current);
    return sum(current ?? { N: '0' }, action.value, 1);
  }
  const added = membersOf(action.value, 'ADD');
  if (!current) return action.value;
  if (typeOf(current) !== typeOf(action.value)) throw wrongOperand('ADD', current);
  return withMembers(current, (members) => [
    ...members,
    ...added.filter((member) => !members.some(sameMember(member))),
  ]);
}

function resolve(value: UpdateValue, before: Item): AttributeValue {
  switch (value.kind) {
    case 'value':
      return value.value;
    case 'path':
      return existing(before, value.path);
    case 'if-not-exists':
      return valueAt(before, value.path) ?? resolve(value.otherwise, before);
    case 'list-append': {
      const [left, right] = [resolve(value.left, before), resolve(value.right, before)];
      if (!('L' in left)) throw wrongOperand('list_append', left);
      if (!('L' in right)) throw wrongOperand('list_append', right);
      return { L: [...left.L, ...right.L] };
    }
    case 'sum':
      return sum(resolve(value.left, before), resolve(value.right, before), value.sign);
  }
}

function existing(item: Item, path: Path): AttributeValue {
  const value = valueAt(item, path);
  if (!value)
    throw new ValidationFault('The provided expression refers to an attribute that does not exist in the item');
  return value;
}

function sum(left: AttributeValue, right: AttributeValue, sign: 1 | -1): AttributeValue {
  const operator = sign === 1 ? '+' : '-';
  if (!('N' in left)) throw wrongOperand(operator, left);
  if (!('N' in right)) throw wrongOperand(operator, right);
  const addend = parseDecimal(right.N);
  return { N: decimalText(addDecimals(parseDecimal(left.N), sign === 1 ? addend : negated(addend))) };
}

function setAt(item: Item, path: Path, value: AttributeValue): void {
  const parent = parentOf(item, path);
  const last = path.at(-1) as string | number;
  if (parent && 'M' in parent && typeof last === 'string') parent.M[last] = value;
  else if (parent && 'L' in parent && typeof last === 'number') {
    // Beyond its end a list grows by one, however large the position.
    parent.L[Math.min(last, parent.L.length)] = value;
  } else throw invalidPath();
}

function removeAt(item: Item, path: Path): void {
  const parent = parentOf(item, path);
  const last = path.at(-1) as string | number;
  if (parent && 'M' in parent && typeof last === 'string') delete parent.M[last];
  else if (parent && 'L' in parent && typeof last === 'number') parent.L.splice(last, 1);
  else throw invalidPath();
}

function parentOf(item: Item, path: Path): AttributeValue | undefined {
  const [attribute, ...rest] = path;
  return rest.length === 0 ? { M: item } : valueAt(item, [attribute, ...rest.slice(0, -1)]);
}

type Members = { kind: 'SS' | 'NS' | 'BS'; members: string[] };

function setOf(value: AttributeValue): Members | undefined {
  if ('SS' in value) return { kind: 'SS', members: value.SS };
  if ('NS' in value) return { kind: 'NS', members: value.NS };
  if ('BS' in value) return { kind: 'BS', members: value.BS };
  return undefined;
}

function membersOf(value: AttributeValue, operator: string): AttributeValue[] {
  const set = setOf(value);
  if (!set) throw wrongOperand(operator, value);
  return set.members.map((text) => ({ [set.kind.charAt(0)]: text }) as AttributeValue);
}

function withMembers(
  set: AttributeValue,
  change: (members: AttributeValue[]) => AttributeValue[],
): AttributeValue | undefined {
  const before = setOf(set);
  if (!before) throw wrongOperand('DELETE', set);
  const texts = change(membersOf(set, 'DELETE')).map((member) => Object.values(member)[0] as string);
  return texts.length === 0 ? undefined : ({ [before.kind]: texts } as AttributeValue);
}

function sameMember(member: AttributeValue): (other: AttributeValue) => boolean {
  return (other) => valuesEqual(member, other);
}

function structuredCloneOf(item: Item): Item {
  const copy = emptyItem();
  for (const [name, value] of Object.entries(item)) copy[name] = cloneValue(value);
  return copy;
}

function cloneValue(value: AttributeValue): AttributeValue {
  if ('M' in value) return { M: structuredCloneOf(value.M) };
  if ('L' in value) return { L: value.L.map(cloneValue) };
  return { ...value };
}

function wrongOperand(operator: string, value: AttributeValue): ValidationFault {
  return new ValidationFault(
    `An operand in the update expression has an incorrect data type; operator: ${operator}, operand type: ${typeOf(value)}`,
  );
}

function invalidPath(): ValidationFault {
  return new ValidationFault('The document path provided in the update expression is invalid for update');
}

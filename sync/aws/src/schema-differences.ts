import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
  visit,
} from 'graphql';

/** Where two schemas differ, e.g. `Query.head`; `here` and `there` are the two texts, `null` where there is none. */
export type SchemaDifference = { readonly at: string; readonly here: string | null; readonly there: string | null };

/** The directive that says what is the case without it: the API's default way to sign in is OIDC. */
const DEFAULT_AUTHORISATION = new Set(['aws_oidc']);

/**
 * Compares two schemas by what they mean: order, descriptions and AppSync's own scalars and directives do not count; types, fields, arguments
 * and who may ask for them do.
 *
 * @param here What was designed. @param there What was found, e.g. as GetIntrospectionSchema gives it with its directives.
 * @throws GraphQLError when one of them is no schema.
 */
export function schemaDifferences(here: string, there: string): SchemaDifference[] {
  const ours = membersOf(here);
  const theirs = membersOf(there);
  const places = [...new Set([...ours.keys(), ...theirs.keys()])].sort();
  return places
    .map((at) => ({ at, here: ours.get(at) ?? null, there: theirs.get(at) ?? null }))
    .filter((difference) => difference.here !== difference.there);
}

/** Every definition and each of its members, as a canonical line. */
function membersOf(schema: string): Map<string, string> {
  const plain = visit(parse(schema, { noLocation: true }), { StringValue: { leave: () => undefined } });
  const members = new Map<string, string>();
  for (const definition of plain.definitions) {
    if (isOfAppSync(definition)) continue;
    for (const [at, line] of linesOf(definition)) members.set(at, line);
  }
  return members;
}

function isOfAppSync(definition: DefinitionNode): boolean {
  // The root types have their usual names, so that a `schema { … }` says nothing.
  if (definition.kind === Kind.SCHEMA_DEFINITION) return true;
  const name = 'name' in definition ? (definition.name?.value ?? '') : '';
  return definition.kind === Kind.DIRECTIVE_DEFINITION
    ? name.startsWith('aws_') || name === 'deprecated' || name === 'defer'
    : definition.kind === Kind.SCALAR_TYPE_DEFINITION && name.startsWith('AWS');
}

function linesOf(definition: DefinitionNode): [string, string][] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const at = definition.name.value;
      const fields: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = definition.fields ?? [];
      return [
        [at, `${definition.kind} ${directivesOf(definition.directives)}`.trim()],
        ...fields.map((field): [string, string] => [`${at}.${field.name.value}`, fieldLine(field)]),
      ];
    }
    case Kind.ENUM_TYPE_DEFINITION: {
      const values = (definition.values ?? []).map(({ name }) => name.value).sort();
      return [[definition.name.value, `enum ${values.join(' ')}`]];
    }
    default:
      return [['name' in definition && definition.name ? definition.name.value : definition.kind, print(definition)]];
  }
}

function fieldLine(field: FieldDefinitionNode | InputValueDefinitionNode): string {
  const inputs = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
  const takes = inputs.map((input) => `${input.name.value}: ${print(input.type)}`).sort();
  return `(${takes.join(', ')}): ${print(field.type)} ${directivesOf(field.directives)}`.trim();
}

function directivesOf(directives: readonly ConstDirectiveNode[] | undefined): string {
  const said = (directives ?? []).filter(({ name }) => !DEFAULT_AUTHORISATION.has(name.value)).map((one) => print(one));
  return said.sort().join(' ');
}

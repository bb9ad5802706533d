import { GraphQLError, Kind } from 'graphql';
import type { DocumentNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql';

/** What one document may ask for. Generous for the product's own clients, whose largest document has some forty fields. */
export const DOCUMENT_LIMITS = {
  tokens: 1_000,
  /** Fields within fields, fragments followed. */
  depth: 12,
  /** Fields in all, each use of a fragment counted. */
  fields: 300,
  rootFields: 10,
  aliases: 20,
} as const;

interface Extent {
  depth: number;
  fields: number;
  aliases: number;
}

/**
 * The first limit that a valid document exceeds, as an error to answer with. Run it after validation: fragments are then free of
 * cycles. Each fragment is measured once, so a document that doubles at every level is cheap to refuse.
 */
export function limitExceeded(document: DocumentNode): GraphQLError | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, Extent>();
  const extentOf = (selections: SelectionSetNode | undefined): Extent => {
    const total: Extent = { depth: 0, fields: 0, aliases: 0 };
    for (const selection of selections?.selections ?? []) {
      let inner: Extent;
      if (selection.kind === Kind.FRAGMENT_SPREAD) inner = fragmentExtent(selection.name.value);
      else inner = extentOf(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      total.depth = Math.max(total.depth, inner.depth + (isField ? 1 : 0));
      total.fields += inner.fields + (isField ? 1 : 0);
      total.aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return total;
  };
  const fragmentExtent = (name: string): Extent => {
    const extent = known.get(name) ?? extentOf(fragments.get(name)?.selectionSet);
    known.set(name, extent);
    return extent;
  };
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const extent = extentOf(definition.selectionSet);
    const limit = exceededBy(extent, definition.selectionSet.selections.length);
    if (limit !== undefined) return new GraphQLError(`The document exceeds the limit of ${limit}`);
  }
  return undefined;
}

function exceededBy(extent: Extent, rootFields: number): string | undefined {
  if (extent.depth > DOCUMENT_LIMITS.depth) return `${DOCUMENT_LIMITS.depth} levels`;
  if (extent.fields > DOCUMENT_LIMITS.fields) return `${DOCUMENT_LIMITS.fields} fields`;
  if (extent.aliases > DOCUMENT_LIMITS.aliases) return `${DOCUMENT_LIMITS.aliases} aliases`;
  if (rootFields > DOCUMENT_LIMITS.rootFields) return `${DOCUMENT_LIMITS.rootFields} fields at the root`;
  return undefined;
}

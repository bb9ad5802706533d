import type { Catalog, CatalogView } from '@evertill/register';
import type { Replica } from '@evertill/replica';

/** The replica as the use cases want a catalog. */
export function catalogOfReplica(replica: Replica, storeId: string): Catalog {
  return {
    findByScanCode: (scanCode) => replica.findByScanCode(scanCode),
    findById: (itemId) => replica.findById(itemId),
    search: (text, limit) => replica.search(text, limit),
    store: () => replica.store(storeId),
    status: () => catalogView(replica),
    onStatus: (listener) => replica.onStatus(() => listener()),
    basis: () => replica.basis() ?? { catalog: null, prices: null, tax: null },
  };
}

function catalogView(replica: Replica): CatalogView {
  const { snapshot, importing } = replica.status();
  return {
    itemCount: snapshot?.itemCount ?? 0,
    version: snapshot ? String(snapshot.version) : null,
    publishedAt: snapshot?.createdAt ?? null,
    importing: importing ? { done: importing.documents, total: importing.total } : null,
  };
}

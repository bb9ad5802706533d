export { seedShop } from './seed/seed-shop.ts';
export type { SeededShop, SeedProgress } from './seed/seed-shop.ts';
export { sendImporterJournal } from './stock/send-importer-journal.ts';
export { dataFolderAt } from './publish/data-folder.ts';
export type { DataFolder } from './publish/data-folder.ts';

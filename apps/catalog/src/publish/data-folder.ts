import { join } from 'node:path';

/**
 * Where an operator's commands keep things below the data folder:
 *
 * ```
 * published/            snapshots for registers, see sync/published
 * keys/                 the publisher's key pair; key and high-water mark of the importer's journal
 * enrolment.json        what a register is told when it joins: store, staff, keys
 * imports/              the full list of rejected rows of each import, and the scratch database of a running one
 * importer/             the importer's own journal: what was counted, by which file
 * ```
 */
export type DataFolder = {
  path: string;
  published: string;
  enrolmentFile: string;
  imports: string;
  keys: string;
  importer: string;
};

export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    published: join(path, 'published'),
    enrolmentFile: join(path, 'enrolment.json'),
    imports: join(path, 'imports'),
    keys: join(path, 'keys'),
    importer: join(path, 'importer'),
  };
}

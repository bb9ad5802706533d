export { examineApi, type Examination, type Expected, type Finding } from './examine-api.ts';
export { type SchemaDifference, schemaDifferences } from './schema-differences.ts';

// @boundaries-ignore the oracle belongs to no package: it stands outside of the product and shares no code with it
export * from '../../../../tools/oracle/index.ts';

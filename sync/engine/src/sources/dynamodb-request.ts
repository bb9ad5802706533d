import { z } from 'zod';
import { checkedItem } from '../tables/checked-value.ts';

/**
 * What a resolver may ask of a DynamoDB data source: AWS AppSync Developer Guide, "JavaScript resolver function reference for
 * DynamoDB". Objects are strict: a setting that the hub would ignore and AppSync would obey is refused.
 */
const attributes = z.record(z.string(), z.unknown()).transform((raw) => checkedItem(raw, 'attributes'));
const names = z.record(z.string(), z.string());
const expression = {
  expression: z.string(),
  expressionNames: names.optional(),
  expressionValues: attributes.optional(),
};

const condition = z.strictObject({
  ...expression,
  equalsIgnore: z.array(z.string()).optional(),
  consistentRead: z.boolean().optional(),
});
const transactCondition = z.strictObject({
  ...expression,
  returnValuesOnConditionCheckFailure: z.boolean().optional(),
});
const update = z.strictObject({ ...expression });

const transactItem = z.discriminatedUnion('operation', [
  z.strictObject({
    operation: z.literal('PutItem'),
    table: z.string(),
    key: attributes,
    attributeValues: attributes.optional(),
    condition: transactCondition.optional(),
  }),
  z.strictObject({
    operation: z.literal('UpdateItem'),
    table: z.string(),
    key: attributes,
    update,
    condition: transactCondition.optional(),
  }),
  z.strictObject({
    operation: z.literal('DeleteItem'),
    table: z.string(),
    key: attributes,
    condition: transactCondition.optional(),
  }),
  z.strictObject({
    operation: z.literal('ConditionCheck'),
    table: z.string(),
    key: attributes,
    condition: transactCondition,
  }),
]);

export type TransactItem = z.output<typeof transactItem>;

export const dynamodbRequest = z.discriminatedUnion('operation', [
  z.strictObject({ operation: z.literal('GetItem'), key: attributes, consistentRead: z.boolean().optional() }),
  z.strictObject({
    operation: z.literal('PutItem'),
    key: attributes,
    attributeValues: attributes.optional(),
    condition: condition.optional(),
  }),
  z.strictObject({ operation: z.literal('UpdateItem'), key: attributes, update, condition: condition.optional() }),
  z.strictObject({ operation: z.literal('DeleteItem'), key: attributes, condition: condition.optional() }),
  z.strictObject({
    operation: z.literal('Query'),
    query: z.strictObject({ ...expression }),
    filter: z.strictObject({ ...expression }).nullish(),
    index: z.string().nullish(),
    nextToken: z.string().nullish(),
    limit: z.number().int().nullish(),
    scanIndexForward: z.boolean().nullish(),
    consistentRead: z.boolean().nullish(),
    select: z.enum(['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']).nullish(),
  }),
  z.strictObject({
    operation: z.literal('BatchGetItem'),
    tables: z.record(z.string(), z.strictObject({ keys: z.array(attributes), consistentRead: z.boolean().optional() })),
  }),
  z.strictObject({ operation: z.literal('TransactWriteItems'), transactItems: z.array(transactItem) }),
]);

export type DynamodbRequest = z.output<typeof dynamodbRequest>;

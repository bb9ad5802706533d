import type { Item } from './attribute-value.ts';

/** Why one item of a transaction stopped it; `None` for the others. The words are DynamoDB's. */
export interface CancellationReason {
  code: 'None' | 'ConditionalCheckFailed' | 'ValidationError' | 'ItemCollectionSizeLimitExceeded';
  message?: string;
  /** Present when asked for with `returnValuesOnConditionCheckFailure`. */
  item?: Item;
}

/** The names DynamoDB gives its errors, as AppSync passes them on after `DynamoDB:`. */
export type TableFaultCode =
  | 'ValidationException'
  | 'ConditionalCheckFailedException'
  | 'TransactionCanceledException'
  | 'ResourceNotFoundException';

/** An answer other than success. Nothing was written. */
export class TableFault extends Error {
  readonly code: TableFaultCode;

  constructor(code: TableFaultCode, message: string) {
    super(message);
    this.name = 'TableFault';
    this.code = code;
  }
}

/** The request itself is wrong: the same request fails on AWS. */
export class ValidationFault extends TableFault {
  constructor(message: string) {
    super('ValidationException', message);
  }
}

export class ConditionFault extends TableFault {
  /** The item as it is, if it is there. */
  readonly item: Item | undefined;

  constructor(item: Item | undefined) {
    super('ConditionalCheckFailedException', 'The conditional request failed');
    this.item = item;
  }
}

export class TransactionFault extends TableFault {
  readonly reasons: readonly CancellationReason[];

  constructor(reasons: readonly CancellationReason[]) {
    const codes = reasons.map((reason) => reason.code).join(', ');
    super(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    );
    this.reasons = reasons;
  }
}

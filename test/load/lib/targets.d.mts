interface Target {
  readonly name: string;
  readonly scenario: string;
}

export declare const TARGETS: readonly Target[];

export declare function headingId(title: string): string;

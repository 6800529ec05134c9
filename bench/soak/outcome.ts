/** What a trial found: a line of the report, and whether it is as it must be. Controls are outcomes, too. */
export type Outcome = { readonly holds: boolean; readonly what: string }

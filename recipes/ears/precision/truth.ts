export type Tag = { readonly name: string; readonly group: string }
/** Whether a tag is true of a piece; null where nobody knows. */
export type Truth = boolean | null

/** Text as PostgreSQL takes it: it has no NUL, and no half of a character. What is sought is changed in the same way, and so found. */
const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', '\u{FFFD}')

/** A value of a statement, where text in it may be anything. */
export const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return storableText(value)
  return Array.isArray(value) && typeof value[0] === 'string' ? value.map(storable) : value
}

/** A record as JSON, where text in it may be anything: what is escaped there is text for the database all the same. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, member) => (typeof member === 'string' ? storableText(member) : member))

/** A record as the database gives it back. */
export const asStored = <Value>(value: Value): Value => JSON.parse(storableJson(value)) as Value

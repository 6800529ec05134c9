/** Of each kind that real ones do: a column, values for it, a table that is made anew. */
export const ROWS = 20_000
const PARTS = 20

const fill = (part: number): string =>
  `UPDATE notes SET colour = 'blue' WHERE id % ${PARTS} = ${part};
   INSERT INTO spans (note, text) SELECT id, text FROM notes WHERE id % ${PARTS} = ${part};`

export const MIGRATIONS = [
  `CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
   WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
   INSERT INTO notes (id, text) SELECT i, 'label ' || i FROM n;`,
  `ALTER TABLE notes ADD COLUMN colour TEXT;
   CREATE TABLE spans (note INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
   ${Array.from({ length: PARTS }, (_, part) => fill(part)).join('\n')}`,
] as const

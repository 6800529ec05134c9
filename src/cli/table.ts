import { stripVTControlCharacters } from 'node:util'

export type Cell = string | number | null

/** Aligns columns, numbers to the right. Null, which means "not analysed", becomes a dash. */
export const formatTable = (header: readonly string[], rows: readonly (readonly Cell[])[]): readonly string[] => {
  const cells = [header, ...rows.map((row) => row.map((cell) => (cell === null ? '–' : String(cell))))]
  const widths = header.map((_, column) => Math.max(...cells.map((row) => displayWidth(row[column]!))))
  const isNumeric = header.map((_, column) => rows.some((row) => typeof row[column] === 'number'))
  return cells.map((row) =>
    row
      .map((cell, column) => {
        const padding = ' '.repeat(widths[column]! - displayWidth(cell))
        return isNumeric[column] ? padding + cell : cell + padding
      })
      .join('  ')
      .trimEnd(),
  )
}

/** Counts code points, since neither bytes nor UTF-16 units are columns; colours take none. */
const displayWidth = (text: string): number => [...stripVTControlCharacters(text)].length

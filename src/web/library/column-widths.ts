import type { Column, Widths } from './table-columns.ts'

/** The heading of a column and the cells below it that are drawn. @param place of the column, from 0 */
export const columnCells = (table: HTMLElement, place: number): readonly HTMLElement[] =>
  [...table.querySelectorAll<HTMLElement>('[role=row]')].flatMap((row) => (row.children[place] as HTMLElement) ?? [])

/** How wide columns are now, from the first to one: fixed, so that the edge that is dragged stays under the mouse. */
export const widthsUpTo = (table: HTMLElement, columns: readonly Column[], last: Column): Widths =>
  Object.fromEntries(
    columns
      .slice(0, columns.indexOf(last) + 1)
      .map((column, place) => [column, Math.round(columnCells(table, place)[0]!.getBoundingClientRect().width)]),
  )

/** What the widest content of a column takes, in pixels: the rows are laid out for a moment with as much as it wants. */
export const fittingWidth = (table: HTMLElement, place: number): number => {
  const before = table.style.getPropertyValue('--columns')
  const { length } = columnCells(table, 0)[0]!.parentElement!.children
  const template = Array.from({ length }, (_, at) => (at === place ? 'max-content' : '0px')).join(' ')
  table.style.setProperty('--columns', template)
  // The words of a heading lie in a button that takes no room by itself.
  const wanted = columnCells(table, place).map((cell) => {
    const heading = cell.role === 'columnheader' ? (cell.querySelector('button')?.scrollWidth ?? 0) : 0
    return Math.max(heading, cell.getBoundingClientRect().width)
  })
  const widest = Math.max(...wanted)
  table.style.setProperty('--columns', before)
  return Math.ceil(widest)
}

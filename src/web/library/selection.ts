/** How a click or a key takes tracks into the selection. */
export type Taking = 'replace' | 'toggle' | 'range' | 'add range'

type Modifiers = { readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean }

export const takingOf = ({ shiftKey, ctrlKey, metaKey }: Modifiers): Taking => {
  const isAdding = ctrlKey || metaKey
  if (shiftKey) return isAdding ? 'add range' : 'range'
  return isAdding ? 'toggle' : 'replace'
}

/** The selection after `ids` were taken; a toggle of what is selected already lets it go. */
export const takeInto = (
  selected: ReadonlySet<number>,
  ids: readonly number[],
  taking: Taking,
): ReadonlySet<number> => {
  if (taking === 'replace' || taking === 'range') return new Set(ids)
  const next = new Set(selected)
  for (const id of ids)
    if (taking === 'toggle' && selected.has(id)) next.delete(id)
    else next.add(id)
  return next
}

import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { CarriedSpan, SpanMove } from '../../core/labels/carry-spans.ts'
import { UserError } from '../../core/support/user-error.ts'

/** What was carried from where to where. */
export const movesOf = (before: readonly CarriedSpan[], after: readonly CarriedSpan[]): readonly SpanMove[] =>
  before.map(({ startBeat, endBeat }, index) => {
    const to = after[index]!
    return { from: { startBeat, endBeat }, to: { startBeat: to.startBeat, endBeat: to.endBeat } }
  })

type Version = Pick<GridVersion, 'version' | 'digest' | 'origin' | 'grid'>

/**
 * The grid of an earlier version, with what led away from it.
 * @param versions of the track, the one in force last
 * @throws GRID_EDIT_INVALID
 */
export const restoredGrid = <Kept extends Version & { readonly moves: readonly SpanMove[] }>(
  versions: readonly Kept[],
  { trackId, to }: { readonly trackId: number; readonly to: number },
): Pick<Version, 'origin' | 'grid'> & { readonly takesBack: readonly SpanMove[] } => {
  const current = versions.at(-1)
  const target = versions.find(({ version }) => version === to)
  if (!target) throw new UserError('GRID_EDIT_INVALID', `Track ${trackId} has no version ${to} of its grid.`)
  // Of the ways from the one to the other, the one that began at this very version.
  const ways = versions.filter(
    ({ digest }, at) => digest === current?.digest && versions[at - 1]?.digest === target.digest,
  )
  const led = ways.find(({ version }) => version === to + 1) ?? ways.at(-1)
  return { origin: target.origin, grid: target.grid, takesBack: led?.moves ?? [] }
}

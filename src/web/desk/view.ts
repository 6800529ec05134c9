import type { Stretch } from '../player/player.ts'
import type { DeskStore } from './desk-store.ts'

/** Closer than this a beat is wider than the screen. */
const LEAST_VIEW_SECONDS = 2
/** Room beside a section that is zoomed to, as a share of its length. */
const MARGIN = 0.08

/** A view that lies in the track and is not closer than that. */
export const keepWithin = ({ from, to }: Stretch, durationSeconds: number): Stretch => {
  const length = Math.min(durationSeconds, Math.max(Math.min(LEAST_VIEW_SECONDS, durationSeconds), to - from))
  const start = Math.max(0, Math.min(from, durationSeconds - length))
  return { from: start, to: start + length }
}

/** Zooms so that `around` stays where it is on the screen. @param factor above 1 shows less of the track, larger */
export const zoomBy = (desk: DeskStore, factor: number, around: number): void =>
  desk.setState(({ view, durationSeconds }) => {
    const middle = around < view.from || around > view.to ? (view.from + view.to) / 2 : around
    const share = (middle - view.from) / (view.to - view.from)
    const length = (view.to - view.from) / factor
    const from = middle - share * length
    return { view: keepWithin({ from, to: from + length }, durationSeconds) }
  })

export const zoomTo = (desk: DeskStore, { from, to }: Stretch): void =>
  desk.setState(({ durationSeconds }) => {
    const margin = (to - from) * MARGIN
    return { view: keepWithin({ from: from - margin, to: to + margin }, durationSeconds) }
  })

export const scrollBy = (desk: DeskStore, seconds: number): void =>
  desk.setState(({ view, durationSeconds }) => ({
    view: keepWithin({ from: view.from + seconds, to: view.to + seconds }, durationSeconds),
  }))

/** Brings a time that is out of view into view, a quarter from the left. */
export const moveView = (desk: DeskStore, seconds: number): void =>
  desk.setState(({ view, durationSeconds }) => {
    if (seconds >= view.from && seconds <= view.to) return {}
    const length = view.to - view.from
    return { view: keepWithin({ from: seconds - length / 4, to: seconds + (length * 3) / 4 }, durationSeconds) }
  })

import type { TrackNotes } from '../core/library/track-notes.ts'
import { printable } from './printable.ts'

/** @returns null for no rating */
export const starsText = (rating: number | null): string | null => (rating === null ? null : '★'.repeat(rating))

/** What is noted of a track, in a line. */
export const noteLine = ({ rating, colour, comment, myTags }: TrackNotes): string => {
  const parts = [starsText(rating), colour, myTags.join(', ') || null, comment]
  return (
    parts
      .filter((part) => part !== null)
      .map(printable)
      .join(' · ') || 'nothing noted'
  )
}

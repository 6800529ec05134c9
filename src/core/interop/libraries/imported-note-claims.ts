/**
 * @file What several imports say of the notes of one track, so that they can be taken back in any order: each keeps what the notes were
 * without any import, and what it makes of that.
 */
import { changeNotes, type TrackNotes } from '../../library/track-notes.ts'
import { isPlayCount } from './imported-notes.ts'

export type NoteClaim = { readonly before: TrackNotes; readonly after: TrackNotes }

const FIELDS = ['rating', 'colour', 'comment'] as const

const addedBy = ({ before, after }: NoteClaim): readonly string[] =>
  after.myTags.filter((tag) => !before.myTags.includes(tag))

const says = ({ before, after }: NoteClaim, field: (typeof FIELDS)[number], now: TrackNotes): boolean =>
  after[field] === now[field] && before[field] !== after[field]

/** The notes as they would be without these imports; what the person has changed since stays. */
export const withoutClaims = (now: TrackNotes, claims: readonly NoteClaim[]): TrackNotes => {
  const fields = FIELDS.flatMap((field) => {
    const claim = claims.find((one) => says(one, field, now))
    return claim === undefined ? [] : [[field, claim.before[field]] as const]
  })
  return changeNotes(now, { ...Object.fromEntries(fields), removeTags: claims.flatMap(addedBy) })
}

/** The notes once one import is taken back. @param others still in force, the newest last */
export const afterUndo = (now: TrackNotes, claim: NoteClaim, others: readonly NoteClaim[]): TrackNotes => {
  const fields = FIELDS.flatMap((field) =>
    says(claim, field, now) && !others.some((other) => says(other, field, now))
      ? [[field, claim.before[field]] as const]
      : [],
  )
  const shared = new Set(others.flatMap(addedBy))
  const removed = addedBy(claim).filter((tag) => now.myTags.includes(tag) && !shared.has(tag))
  // An import puts its count in the place of an older one's.
  const counted = removed.some(isPlayCount) ? others.flatMap(addedBy).filter(isPlayCount).slice(-1) : []
  const lost = claim.before.myTags.filter((tag) => !claim.after.myTags.includes(tag))
  return changeNotes(now, { ...Object.fromEntries(fields), removeTags: removed, addTags: [...lost, ...counted] })
}

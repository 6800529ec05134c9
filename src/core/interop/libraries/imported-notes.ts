/** @file What a library of another program says of a track, as notes of the person; what is noted already stays as it is. */
import { changeNotes, NOTE_COLOURS, type NoteColour, type TrackNotes } from '../../library/track-notes.ts'
import type { TrackTags } from '../../library/track-tags.ts'
import type { ForeignTrack } from './foreign-library.ts'

/** The colours of tracks in rekordbox, which our notes have, as Mixxx found them. */
const SHOWN: Readonly<Record<NoteColour, string>> = {
  pink: '#f870f8',
  red: '#ff0000',
  orange: '#f8a030',
  yellow: '#f8e331',
  green: '#1ee000',
  aqua: '#16c0f8',
  blue: '#0150f8',
  purple: '#9808f8',
}
const channels = (hex: string): readonly number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))

const distance = (a: string, b: string): number => {
  const other = channels(b)
  return channels(a).reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0)
}

/** Greys stand for no colour. */
const LEAST_COLOURFULNESS = 32

const nearestColour = (hex: string): NoteColour | null => {
  const values = channels(hex)
  if (values.some(Number.isNaN) || Math.max(...values) - Math.min(...values) < LEAST_COLOURFULNESS) return null
  return NOTE_COLOURS.reduce((best, one) => (distance(hex, SHOWN[one]) < distance(hex, SHOWN[best]) ? one : best))
}

/** Exact counts would make a tag for every number. */
const PLAYED = [100, 50, 25, 10, 5, 1] as const

const playedTag = (count: number | null): readonly string[] => {
  const reached = PLAYED.find((least) => count !== null && count >= least)
  return reached === undefined ? [] : [`played ${reached}+`]
}

/** @param tags of the file: what they say already is not noted again */
export const importNotes = (notes: TrackNotes, foreign: ForeignTrack, tags: TrackTags): TrackNotes => {
  const rating = foreign.rating === null || foreign.rating === tags.rating ? 0 : Math.round(foreign.rating)
  const comment = foreign.comment?.trim() ?? ''
  return changeNotes(notes, {
    rating: notes.rating ?? (rating >= 1 ? Math.min(5, rating) : null),
    colour: notes.colour ?? (foreign.colour === null ? null : nearestColour(foreign.colour)),
    comment: notes.comment ?? (comment === '' || comment === tags.comment?.trim() ? null : comment),
    // A count of an earlier import is not kept beside the new one.
    myTags: notes.myTags.filter((tag) => !/^played \d+\+$/.test(tag) || foreign.playCount === null),
    addTags: playedTag(foreign.playCount),
  })
}

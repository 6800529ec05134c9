/** @file What a library of another program says of a track, as notes of the person; what is noted already stays as it is. */
import { changeNotes, NOTE_COLOURS, type NoteColour, type TrackNotes } from '../../library/track-notes.ts'
import type { TrackTags } from '../../library/track-tags.ts'
import type { ForeignTrack } from './foreign-library.ts'
import { channelsOf, nearestColour } from './nearest-colour.ts'

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

/** Greys stand for no colour. */
const LEAST_COLOURFULNESS = 32

const noteColour = (colour: string): NoteColour | null => {
  const channels = channelsOf(colour)
  if (Math.max(...channels) - Math.min(...channels) < LEAST_COLOURFULNESS) return null
  const nearest = nearestColour(colour, Object.values(SHOWN))
  return NOTE_COLOURS.find((name) => SHOWN[name] === nearest) ?? null
}

/** Exact counts would make a tag for every number. */
const PLAYED = [100, 50, 25, 10, 5, 1] as const

const playedTag = (count: number | null): readonly string[] => {
  const reached = PLAYED.find((least) => count !== null && count >= least)
  return reached === undefined ? [] : [`played ${reached}+`]
}

const PLAY_COUNT = /^played \d+\+$/
export const isPlayCount = (tag: string): boolean => PLAY_COUNT.test(tag)

/** @param tags of the file: what they say already is not noted again */
export const importNotes = (notes: TrackNotes, foreign: ForeignTrack, tags: TrackTags): TrackNotes => {
  const rating = foreign.rating === null || foreign.rating === tags.rating ? 0 : Math.round(foreign.rating)
  const comment = foreign.comment?.trim() ?? ''
  return changeNotes(notes, {
    rating: notes.rating ?? (rating >= 1 ? Math.min(5, rating) : null),
    colour: notes.colour ?? (foreign.colour === null ? null : noteColour(foreign.colour)),
    comment: notes.comment ?? (comment === '' || comment === tags.comment?.trim() ? null : comment),
    // A count of an earlier import is not kept beside the new one.
    myTags: notes.myTags.filter((tag) => !isPlayCount(tag) || foreign.playCount === null),
    addTags: playedTag(foreign.playCount),
  })
}

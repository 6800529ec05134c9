import { foldText } from './search-text.ts'

/** The colours that DJ programs give tracks. */
export const NOTE_COLOURS = ['pink', 'red', 'orange', 'yellow', 'green', 'aqua', 'blue', 'purple'] as const
export type NoteColour = (typeof NOTE_COLOURS)[number]

export const MOST_STARS = 5
export const LONGEST_COMMENT = 2000
export const LONGEST_MY_TAG = 60
export const MOST_MY_TAGS = 50

/** What a person notes of a track. It is theirs: kept in the library, never in the file, and nothing is learnt from it. */
export type TrackNotes = {
  /** 1 to 5 stars. */
  readonly rating: number | null
  readonly colour: NoteColour | null
  readonly comment: string | null
  /** Tags of the person's own making, in the order of the alphabet. */
  readonly myTags: readonly string[]
}

/** What was seen of notes; what is left out was not looked at. */
export type SeenNotes = { readonly [Name in keyof TrackNotes]?: TrackNotes[Name] | undefined }

export const NO_NOTES: TrackNotes = { rating: null, colour: null, comment: null, myTags: [] }

/** What is to be different; what is left out stays. */
export type NotesChange = SeenNotes & {
  readonly addTags?: readonly string[] | undefined
  readonly removeTags?: readonly string[] | undefined
}

/** By this two tags are the same, whatever their case and accents. */
export const myTagKey = (tag: string): string => foldText(tag).replace(/\s+/g, ' ').trim()

/** Each tag once, without commas, which divide tags where they are typed, in the order of the alphabet. */
export const tidyMyTags = (tags: readonly string[]): readonly string[] => {
  const byKey = new Map<string, string>()
  for (const typed of tags.flatMap((tag) => tag.split(','))) {
    const tag = typed.replace(/\s+/g, ' ').trim().slice(0, LONGEST_MY_TAG).trim()
    const key = myTagKey(tag)
    if (key !== '' && !byKey.has(key)) byKey.set(key, tag)
  }
  return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, tag]) => tag)
}

export const changeNotes = (notes: TrackNotes, change: NotesChange): TrackNotes => {
  const removed = new Set((change.removeTags ?? []).map(myTagKey))
  const kept = (change.myTags ?? notes.myTags).filter((tag) => !removed.has(myTagKey(tag)))
  const comment = change.comment === undefined ? notes.comment : change.comment?.trim().slice(0, LONGEST_COMMENT)
  return {
    rating: change.rating === undefined ? notes.rating : change.rating,
    colour: change.colour === undefined ? notes.colour : change.colour,
    comment: comment || null,
    myTags: tidyMyTags([...kept, ...(change.addTags ?? [])]),
  }
}

const NOTE_NAMES = Object.keys(NO_NOTES) as readonly (keyof TrackNotes)[]

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

export const areSameNotes = (one: TrackNotes, other: TrackNotes): boolean =>
  NOTE_NAMES.every((name) => isSame(one[name], other[name]))

/** Whether notes are still what whoever changes them saw of them. */
export const areAsSeen = (notes: TrackNotes, seen: SeenNotes): boolean =>
  NOTE_NAMES.every((name) => seen[name] === undefined || isSame(notes[name], seen[name]))

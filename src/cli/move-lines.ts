import { countText } from '../core/units/count-text.ts'
import type { BroughtIn, BroughtOut } from '../engine/catalogue/move-library.ts'
import { printable } from './printable.ts'

const named = (heading: string, names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : [heading, ...names.map((name) => `  ${printable(name)}`)]

/** What a team has otherwise than the library that was brought in. */
export const leftAloneLines = ({ leftAlone, notesLeftAlone, playlistsLeftAlone }: BroughtIn): readonly string[] => [
  ...named(
    `${countText(leftAlone.length, 'track')} left alone, since the team has something else for them already:`,
    leftAlone,
  ),
  ...named(
    `Notes of ${countText(notesLeftAlone.length)} left alone, since the team notes something else:`,
    notesLeftAlone,
  ),
  ...named(
    `${countText(playlistsLeftAlone.length, 'playlist')} left alone, since the team has changed them:`,
    playlistsLeftAlone,
  ),
]

const ASIDE: Readonly<Record<keyof BroughtIn['keptAside'], readonly [one: string, many: string]>> = {
  sets: ['set', 'sets'],
  transitions: ['transition set by hand', 'transitions set by hand'],
  lenses: ['lens', 'lenses'],
  importedSuggestions: ['suggestion of another program', 'suggestions of other programs'],
  modelScopes: ['model for a part of the library', 'models for parts of the library'],
  tagReadings: ['track with tags read anew', 'tracks with tags read anew'],
}

/** What is kept with the library, and nobody sees in a catalogue. */
export const keptAsideLines = (aside: BroughtIn['keptAside']): readonly string[] => {
  const told = (Object.keys(ASIDE) as (keyof typeof ASIDE)[]).flatMap((name) =>
    aside[name] === 0 ? [] : [countText(aside[name], ...ASIDE[name])],
  )
  return told.length === 0 ? [] : [`Kept for whoever moves it out again, and not shown there: ${told.join(', ')}.`]
}

/** What a team has that is not in the library which was made of it. */
export const leftBehindLines = ({ tracks, notes, playlists }: BroughtOut['leftBehind']): readonly string[] => {
  const told = [
    ...(tracks > 0 ? [`the work on ${countText(tracks, 'track')}`] : []),
    ...(notes > 0 ? [`the notes of ${countText(notes)}`] : []),
    ...(playlists > 0 ? [countText(playlists, 'playlist')] : []),
  ]
  return told.length === 0
    ? []
    : [`Left out, because the library has its own version or because it came with another library: ${told.join(', ')}.`]
}

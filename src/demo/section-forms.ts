import type { SectionKind } from '../core/labels/section-kind.ts'
import type { Random } from '../core/support/random.ts'
import { chance, pick } from './draw.ts'
import type { GenreStyle } from './genre.ts'

export type FormSection = { readonly kind: SectionKind; readonly beats: number }

/*
 * Lengths in beats at stretch 1. Whole bars, mostly 16/32/64, with the odd ones (3, 5, 7, 9 bars) that make a fixed raster of
 * 32 beats fail, as on real tracks: 57 % of their lengths are multiples of 32 (design §3.1).
 */
const LENGTHS: Readonly<Record<SectionKind, readonly number[]>> = {
  intro: [16, 32, 32, 32, 28, 48],
  build: [8, 12, 16, 16, 16, 24, 32],
  drop: [32, 32, 48, 64, 28, 36, 40, 64],
  break: [16, 32, 32, 24, 20, 28, 12],
  outro: [16, 32, 32, 28, 24, 36],
  verse: [32, 32, 32, 28, 24, 36],
  chorus: [32, 32, 16, 24, 36, 32],
}

type Draw = { readonly style: GenreStyle; readonly random: Random }

const section = (kind: SectionKind, { style, random }: Draw): FormSection => {
  const bars = Math.round((pick(LENGTHS[kind], random) * style.stretch) / 4)
  return { kind, beats: 4 * Math.max(2, bars) }
}

const clubForm = (draw: Draw): readonly FormSection[] => {
  const { random } = draw
  const maybeBuild = (share: number): readonly FormSection[] => (chance(share, random) ? [section('build', draw)] : [])
  const sections = [section('intro', draw)]
  if (chance(0.3, random)) sections.push(section('break', draw))
  sections.push(
    ...maybeBuild(0.8),
    section('drop', draw),
    section('break', draw),
    ...maybeBuild(0.9),
    section('drop', draw),
  )
  if (chance(0.35, random)) sections.push(section('break', draw), ...maybeBuild(0.7), section('drop', draw))
  return [...sections, section('outro', draw)]
}

const songForm = (draw: Draw): readonly FormSection[] => {
  const { random } = draw
  const maybeBuild = (share: number): readonly FormSection[] => (chance(share, random) ? [section('build', draw)] : [])
  const stanza = (): readonly FormSection[] => [section('verse', draw), ...maybeBuild(0.35), section('chorus', draw)]
  const sections = [section('intro', draw), ...stanza(), ...stanza()]
  if (chance(0.35, random)) sections.push(section('verse', draw))
  if (chance(0.75, random)) sections.push(section('break', draw), ...maybeBuild(0.5))
  if (chance(0.4, random)) sections.push(section('drop', draw))
  sections.push(section('chorus', draw))
  return [...sections, section('outro', draw)]
}

/** A track takes 1:25 to 3:05; a draw outside of that is drawn again. */
const SHORTEST_S = 85
const LONGEST_S = 185

export const drawForm = (style: GenreStyle, bpm: number, random: Random): readonly FormSection[] => {
  for (;;) {
    const form = style.form === 'club' ? clubForm({ style, random }) : songForm({ style, random })
    const seconds = (form.reduce((sum, { beats }) => sum + beats, 0) * 60) / bpm
    if (seconds >= SHORTEST_S && seconds <= LONGEST_S) return form
  }
}

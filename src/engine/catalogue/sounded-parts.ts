import { type BeatGrid, beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { SectionPart } from '../../core/labels/section-part.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { suggestablePart } from '../../core/suggestions/suggest-sections.ts'
import { embeddingOf } from '../../core/tags/heard-windows.ts'
import { decodeHeardWindows } from '../../core/tags/heard-windows-bytes.ts'
import type { SoundedPart } from '../../platform/catalogue/section-sound-rows.ts'

/** What is proposed, as a part of a track. */
export const suggested = ({
  kind,
  startBeat,
  endBeat,
}: Pick<SectionPart, 'kind' | 'startBeat' | 'endBeat'>): SectionPart => ({
  kind,
  startBeat,
  endBeat,
  isLabel: false,
})

/** What is proposed for a track that nobody has worked on. */
export const readParts = (sections: readonly Section[]): readonly SectionPart[] =>
  sections.flatMap((section) => {
    const part = suggestablePart(section, [])
    return part === null ? [] : [suggested({ ...section, ...part })]
  })

/** How stretches of a track sound. @param windows that a network heard; none of them tell nothing */
export const soundsOfParts = (
  parts: readonly SectionPart[],
  grid: BeatGrid,
  windows: Uint8Array,
): readonly SoundedPart[] => {
  const heard = decodeHeardWindows(windows)
  if (heard.count === 0) return []
  return parts.map((part) => {
    const [startSeconds, endSeconds] = [beatsToSeconds(grid, part.startBeat), beatsToSeconds(grid, part.endBeat)]
    return { ...part, startSeconds, endSeconds, embedding: embeddingOf(heard, [startSeconds, endSeconds]) }
  })
}

import type { SectionKind } from '../core/labels/section-kind.ts'
import type { TrackSections } from '../engine/reading/track-sections.ts'

type SectionOnWire = Omit<TrackSections['sections'][number], 'kind'> & { readonly label: SectionKind }

/** On the wire a section calls its kind `label`. */
export const sectionsView = ({
  sections,
  ...read
}: TrackSections): Omit<TrackSections, 'sections'> & { readonly sections: readonly SectionOnWire[] } => ({
  ...read,
  sections: sections.map(({ kind: label, ...section }) => ({ ...section, label })),
})

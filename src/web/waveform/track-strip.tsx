import type { ComponentProps, ReactElement } from 'react'
import { SectionStrip } from '../kit/elements/section-strip.tsx'
import { useOwnKinds } from '../queries/use-own-kinds.ts'

/** The sections of a track in miniature, in the colours of the person's own kinds where there are any. */
export const TrackStrip = ({ strip }: Pick<ComponentProps<typeof SectionStrip>, 'strip'>): ReactElement => (
  <SectionStrip strip={strip} own={useOwnKinds()} />
)

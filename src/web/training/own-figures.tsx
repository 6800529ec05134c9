import type { ReactElement } from 'react'
import { Link } from 'react-router'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { deskPath } from '../kit/desk-path.ts'
import { percentText } from '../kit/words/percent-text.ts'
import { type Judgement, useJudgement } from '../queries/use-training.ts'

/** The number of the version that ships. */
const SHIPPED = 0
/** More titles than this say no more. */
const MOST_TITLES = 12

const figuresText = (figures: Judgement['figures']): string =>
  figures === null
    ? 'On your labels: not measured, because it may have learnt from all of them.'
    : `On your labels: ${percentText(figures.accuracy)} right (90 % band ${percentText(figures.accuracy_band.low)} – ${percentText(figures.accuracy_band.high)}) · F1: ${percentText(figures.f1_score)} · ${countText(figures.labels, 'label')} of ${countText(figures.tracks)}`

/** What a version that somebody else made is worth on the person's own labels. */
export const OwnLine = ({ version }: { readonly version: number }): ReactElement | null => {
  const judgement = useJudgement(version)
  return judgement && <p className="figures">{figuresText(judgement.figures)}</p>
}

const Titles = ({ tracks }: { readonly tracks: Judgement['may_know'] }): ReactElement => (
  <>
    {tracks.slice(0, MOST_TITLES).map(({ track_id: id, title }, at) => (
      <span key={id}>
        {at > 0 && ', '}
        <Link to={deskPath(id)}>{title}</Link>
      </span>
    ))}
    {tracks.length > MOST_TITLES && ' …'}
  </>
)

/** Which of the tracks that a version was measured on the shipped model may have learnt from. */
export const KnownToShipped = ({ count }: { readonly count: number }): ReactElement | null => {
  const known = useJudgement(SHIPPED)?.may_know ?? []
  return (
    <p className="quiet">
      The shipped model may have learnt from {countText(count)} of these, so it is compared on the others.{' '}
      {known.length > 0 && (
        <>
          Yours among them: <Titles tracks={known} />
        </>
      )}
    </p>
  )
}

/** The same, and the tracks that it may have learnt from. */
export const OwnFigures = ({ version }: { readonly version: number }): ReactElement | null => {
  const judgement = useJudgement(version)
  if (judgement === null) return null
  const { may_know: known, unknown_kinds: unknown } = judgement
  const kinds = Object.entries(unknown) as readonly [SectionKind, number][]
  return (
    <section aria-label="On your labels">
      <OwnLine version={version} />
      {known.length > 0 && (
        <p className="quiet">
          It may have learnt from {countText(known.length)} of yours, which {known.length === 1 ? 'is' : 'are'} left
          out: <Titles tracks={known} />
        </p>
      )}
      {kinds.length > 0 && (
        <p className="quiet">
          It does not know {kinds.map(([kind, count]) => `${kind} (${countText(count, 'label')})`).join(', ')}. Those
          labels are left out too.
        </p>
      )}
    </section>
  )
}

import { type ReactElement, useState } from 'react'
import { errorCatalogue } from '../../core/support/error-catalogue.ts'
import { Button } from '../kit/elements/button.tsx'
import { analyseAgain } from '../queries/job-requests.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import styles from './desk.module.css'

type Catalogue = Readonly<Record<string, { readonly title: string; readonly hint: string }>>

/** A track without a beat grid: why, and the way to one. */
export const UnreadTrack = ({ track }: { readonly track: TrackDocument }): ReactElement => {
  const [isAsked, setIsAsked] = useState(false)
  const { failure } = track
  const { title, hint } = (errorCatalogue as Catalogue)[failure?.code ?? ''] ?? { title: 'Not analysed', hint: '' }
  return (
    <section className={styles.unread} aria-label={track.title}>
      <h2>
        {track.title} {failure ? 'cannot be analysed' : 'is not analysed yet'}
      </h2>
      {failure ? (
        <p role="alert">
          {title}: {failure.detail} <span className="quiet">{hint}</span>
        </p>
      ) : (
        <p>It will be analysed before all other tracks, and will open here as soon as that is done.</p>
      )}
      <Button
        look="main"
        disabled={isAsked}
        onClick={() => {
          setIsAsked(true)
          void analyseAgain([track.id]).finally(() => setIsAsked(false))
        }}
      >
        {failure ? 'Try again' : 'Analyse it now'}
      </Button>
    </section>
  )
}

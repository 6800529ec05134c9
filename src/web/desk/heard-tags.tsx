import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { timeText } from '../kit/words/time-text.ts'
import { seek } from '../player/player.ts'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import type { TrackDocument } from '../queries/use-track.ts'
import { useDeskTools } from './desk-context.ts'
import styles from './recording-notes.module.css'
import { moveView } from './view.ts'

/** The group of tags that only say that there is music. */
export const PLAIN_GROUP = 'signal'
const LEAST_SHARE = 0.05
const SUMMARY_TAGS = 5
const SHOWN_TAGS = 24
const MOST_PLACES = 6

/** What a network hears in the track, the longest heard first, each place a way there. */
export const HeardTags = ({ track }: { readonly track: TrackDocument }): ReactElement | null => {
  const { desk } = useDeskTools()
  const [isOpen, setOpen] = useState(false)
  const { data: placed } = useQuery({
    ...queryOf('trackTags', { params: { id: track.id } }),
    meta: TOLD_AS_NOTICE,
    enabled: isOpen,
  })
  const tags = (track.heard_tags ?? []).filter(({ group, share }) => group !== PLAIN_GROUP && share >= LEAST_SHARE)
  if (tags.length === 0) return null
  const go = (seconds: number): void => {
    seek(seconds)
    moveView(desk, seconds)
  }
  return (
    <details className={styles.notes} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Heard:{' '}
        {tags
          .slice(0, SUMMARY_TAGS)
          .map(({ tag }) => tag)
          .join(', ')}
        {tags.length > SUMMARY_TAGS && ` and ${tags.length - SUMMARY_TAGS} more`}
      </summary>
      <ul>
        {tags.slice(0, SHOWN_TAGS).map(({ tag, share }) => {
          const spans = placed?.find((one) => one.tag === tag)?.spans ?? []
          return (
            <li key={tag}>
              {tag} <span className="quiet">{percentText(share, 0)} of the track</span>
              {spans.slice(0, MOST_PLACES).map(({ start_seconds: start }) => (
                <Button
                  key={start}
                  look="bare"
                  aria-label={`${tag}: go to ${timeText(start)}`}
                  onClick={() => go(start)}
                >
                  {timeText(start)}
                </Button>
              ))}
              {spans.length > MOST_PLACES && (
                <span className="quiet">and {spans.length - MOST_PLACES} more places</span>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}

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

/** What a network hears in the track, the longest heard first, each place a way there. What is seldom right is told when asked for. */
export const HeardTags = ({ track }: { readonly track: TrackDocument }): ReactElement | null => {
  const { desk } = useDeskTools()
  const [isOpen, setOpen] = useState(false)
  const [isDoubtfulShown, setDoubtfulShown] = useState(false)
  const { data: placed } = useQuery({
    ...queryOf('trackTags', { params: { id: track.id } }),
    meta: TOLD_AS_NOTICE,
    enabled: isOpen,
  })
  const heard = (track.heard_tags ?? []).filter(({ group, share }) => group !== PLAIN_GROUP && share >= LEAST_SHARE)
  const tags = heard.filter(({ shown }) => shown)
  const doubtful = heard.filter(({ shown }) => !shown).slice(0, SHOWN_TAGS)
  if (heard.length === 0) return null
  const go = (seconds: number): void => {
    seek(seconds)
    moveView(desk, seconds)
  }
  return (
    <details className={styles.notes} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        Heard:{' '}
        {tags.length === 0
          ? 'nothing certain'
          : tags
              .slice(0, SUMMARY_TAGS)
              .map(({ tag }) => tag)
              .join(', ')}
        {tags.length > SUMMARY_TAGS && ` and ${tags.length - SUMMARY_TAGS} more`}
      </summary>
      <ul>
        {[...tags.slice(0, SHOWN_TAGS), ...(isDoubtfulShown ? doubtful : [])].map((one) => {
          const { tag, share, shown, expected_precision: precision } = one
          const spans = placed?.find((other) => other.tag === tag)?.spans ?? []
          return (
            <li key={tag}>
              {tag}
              {!shown && '?'}{' '}
              <span className="quiet">
                {percentText(share, 0)} of the track
                {precision !== null &&
                  precision > 0 &&
                  `, right in at least ${percentText(precision, 0)} of such tracks`}
              </span>
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
      {doubtful.length > 0 && (
        <Button look="bare" onClick={() => setDoubtfulShown(!isDoubtfulShown)}>
          {isDoubtfulShown ? 'Hide what is doubtful' : `Show ${doubtful.length} doubtful`}
        </Button>
      )}
    </details>
  )
}

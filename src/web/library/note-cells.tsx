import { Star } from 'lucide-react'
import type { MouseEvent, ReactElement } from 'react'
import { MOST_STARS, NOTE_COLOURS, type NoteColour, tidyMyTags } from '../../core/library/track-notes.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { CellText } from './cell-text.tsx'
import styles from './note-cells.module.css'
import { editNotes } from './note-edits.ts'

type NoteCellProps = { readonly track: TrackRow }

/** The keys of the table work on after a gesture in a row. */
const focusTable = (within: Element): void => within.closest<HTMLElement>('[role=grid]')?.focus({ preventScroll: true })

/** The table has the focus, and with it its keys; a row is neither selected nor opened by what is done in it. */
const OWN_GESTURE = {
  onMouseDown: (event: MouseEvent) => event.preventDefault(),
  onClick: (event: MouseEvent) => {
    event.stopPropagation()
    focusTable(event.currentTarget)
  },
  onDoubleClick: (event: MouseEvent) => event.stopPropagation(),
} as const

const ratingText = ({ notes, tag_rating: ofFile }: TrackRow): string => {
  if (notes.rating !== null) return `Rated ${notes.rating} of ${MOST_STARS}`
  return ofFile === null ? 'Not rated' : `Not rated by you; the file says ${ofFile} of ${MOST_STARS}`
}

/** A click on a star rates; on the star that stands for the rating, it takes the rating away. */
export const RatingCell = ({ track }: NoteCellProps): ReactElement => {
  const { rating } = track.notes
  const shown = rating ?? track.tag_rating ?? 0
  const rate = (stars: number): void =>
    void editNotes({
      trackIds: [track.id],
      change: { rating: rating === stars ? null : stars },
      seen: { rating },
      what: 'rating',
      title: track.title,
    })
  return (
    <span
      role="group"
      aria-label={ratingText(track)}
      title={ratingText(track)}
      className={styles.stars}
      data-of={rating === null ? 'file' : 'person'}
      {...OWN_GESTURE}
    >
      {Array.from({ length: MOST_STARS }, (_, at) => at + 1).map((stars) => (
        <button
          key={stars}
          type="button"
          tabIndex={-1}
          aria-label={`${stars} of ${MOST_STARS} stars`}
          data-lit={stars <= shown || undefined}
          onClick={() => rate(stars)}
        >
          <Star size={13} aria-hidden="true" />
        </button>
      ))}
    </span>
  )
}

export const ColourCell = ({ track }: NoteCellProps): ReactElement => {
  const { colour } = track.notes
  return (
    <span className={styles.colour} data-colour={colour ?? 'none'}>
      <select
        tabIndex={-1}
        aria-label={`Colour of ${track.title}`}
        value={colour ?? ''}
        onMouseDown={(event) => event.stopPropagation()}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onChange={({ target }) => {
          focusTable(target)
          void editNotes({
            trackIds: [track.id],
            change: { colour: (target.value || null) as NoteColour | null },
            seen: { colour },
            what: 'colour',
            title: track.title,
          })
        }}
      >
        <option value="">–</option>
        {NOTE_COLOURS.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}

export const CommentCell = ({ track }: NoteCellProps): ReactElement => {
  const { comment } = track.notes
  return (
    <CellText
      name={`Comment on ${track.title}`}
      text={comment ?? ''}
      shown={comment ?? track.tag_comment}
      isOfFile={comment === null && track.tag_comment !== null}
      onChange={(typed) =>
        void editNotes({
          trackIds: [track.id],
          change: { comment: typed },
          seen: { comment },
          what: 'comment',
          title: track.title,
        })
      }
    />
  )
}

export const MyTagsCell = ({ track }: NoteCellProps): ReactElement => {
  const { my_tags: myTags } = track.notes
  return (
    <CellText
      name={`Tags of ${track.title}`}
      text={myTags.join(', ')}
      shown={myTags.length === 0 ? null : myTags.join(', ')}
      onChange={(typed) =>
        void editNotes({
          trackIds: [track.id],
          change: { myTags: tidyMyTags([typed]) },
          seen: { myTags },
          what: 'tags',
          title: track.title,
        })
      }
    />
  )
}

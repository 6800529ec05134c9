import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type RefObject, useId, useRef, useState } from 'react'
import { create } from 'zustand'
import {
  LONGEST_COMMENT,
  MOST_STARS,
  NOTE_COLOURS,
  type NoteColour,
  type NotesChange,
  tidyMyTags,
} from '../../core/library/track-notes.ts'
import { camelCase } from '../../core/support/camel-case.ts'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import styles from './note-cells.module.css'
import { editNotes } from './note-edits.ts'

type Noting = {
  readonly trackIds: readonly number[]
  /** Where it is only one. */
  readonly track: TrackRow | null
}

const useNoting = create<{ readonly noting: Noting | null }>(() => ({ noting: null }))

/** Asks for rating, colour, comment and tags of one track or several. */
export const openNotes = (noting: Noting): void => {
  if (noting.trackIds.length > 0) useNoting.setState({ noting })
}
const close = (): void => useNoting.setState({ noting: null })

/** Of several tracks, what is left so stays as each has it. */
const KEEP = 'keep'

type FormProps = { readonly noting: Noting; readonly first: RefObject<HTMLSelectElement | null> }

const Form = ({ noting: { trackIds, track }, first }: FormProps): ReactElement => {
  const tagsId = useId()
  const comment = useRef<HTMLTextAreaElement>(null)
  const isShared = useIsCatalogue() === true
  const { data: known = [] } = useQuery({ ...queryOf('myTags'), meta: TOLD_AS_NOTICE })
  const notes = track?.notes
  const [rating, setRating] = useState(notes ? String(notes.rating ?? '') : KEEP)
  const [colour, setColour] = useState(notes ? (notes.colour ?? '') : KEEP)
  const [tags, setTags] = useState(notes?.my_tags.join(', ') ?? '')
  const [removed, setRemoved] = useState('')
  const save = (): void => {
    const typed = comment.current!.value
    const isCommentKept = notes ? typed.trim() === (notes.comment ?? '') : typed === ''
    const stars = rating === '' ? null : Number(rating)
    const change: NotesChange = {
      ...(rating === KEEP || stars === notes?.rating ? {} : { rating: stars }),
      ...(colour === KEEP || colour === (notes?.colour ?? '') ? {} : { colour: (colour || null) as NoteColour | null }),
      ...(isCommentKept ? {} : { comment: typed }),
      ...(notes ? { myTags: tidyMyTags([tags]) } : { addTags: tidyMyTags([tags]), removeTags: tidyMyTags([removed]) }),
    }
    const seen = notes && { ...camelCase(notes) }
    close()
    void editNotes({ trackIds, change, ...(seen ? { seen } : {}), what: 'notes', title: track?.title })
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <label>
        Rating
        <select ref={first} value={rating} onChange={({ target }) => setRating(target.value)}>
          {!notes && <option value={KEEP}>leave as it is</option>}
          <option value="">none</option>
          {Array.from({ length: MOST_STARS }, (_, at) => at + 1).map((stars) => (
            <option key={stars} value={stars}>
              {'★'.repeat(stars)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Colour
        <select value={colour} onChange={({ target }) => setColour(target.value)}>
          {!notes && <option value={KEEP}>leave as it is</option>}
          <option value="">none</option>
          {NOTE_COLOURS.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {notes ? 'My tags' : 'Add tags'}
        <input value={tags} placeholder="peak, vocal" list={tagsId} onChange={({ target }) => setTags(target.value)} />
      </label>
      {!notes && (
        <label>
          Remove tags
          <input value={removed} list={tagsId} onChange={({ target }) => setRemoved(target.value)} />
        </label>
      )}
      <datalist id={tagsId}>
        {known.map(({ tag }) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <label>
        Comment
        <textarea
          ref={comment}
          maxLength={LONGEST_COMMENT}
          defaultValue={notes?.comment ?? ''}
          placeholder={notes ? (track?.tag_comment ?? '') : 'Empty: each keeps its own'}
        />
      </label>
      <p className="quiet">
        {isShared ? 'Kept for your team' : 'Kept in this library'}; the files are not changed. Separate tags with
        commas.
      </p>
      <div className={styles.actions}>
        <Button onClick={close}>Cancel</Button>
        <Button look="main" type="submit">
          Save
        </Button>
      </div>
    </form>
  )
}

/** What the person notes of one track, or of all that are selected. */
export const NotesDialog = (): ReactElement | null => {
  const { noting } = useNoting()
  const first = useRef<HTMLSelectElement>(null)
  if (noting === null) return null
  const whose = noting.track?.title ?? countText(noting.trackIds.length)
  return (
    <DialogFrame title={`Notes on ${whose}`} isOpen onClose={close} focused={first}>
      <Form noting={noting} first={first} />
    </DialogFrame>
  )
}

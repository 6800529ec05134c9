import { useQuery } from '@tanstack/react-query'
import { FolderPlus, ListMusic, Plus } from 'lucide-react'
import { type ReactElement, useRef, useState } from 'react'
import type { FolderPath } from '../../../core/library/playlist-folders.ts'
import { countText } from '../../../core/units/count-text.ts'
import { Button } from '../../kit/elements/button.tsx'
import { DialogFrame } from '../../kit/elements/dialog-frame.tsx'
import { TOLD_AS_NOTICE } from '../../queries/query-client.ts'
import { queryOf } from '../../queries/query-of.ts'
import { addTracks, makeFolder, makePlaylist, moveFolder, placePlaylist, renamePlaylist } from './playlist-edits.ts'
import { closeDialog, type PlaylistDialog, usePlaylists } from './playlist-state.ts'
import type { Playlist } from './playlist-tree.ts'
import styles from './side-bar.module.css'

const LONGEST_NAME = 200

type NameDialogProps = {
  readonly title: string
  readonly label: string
  readonly name?: string
  readonly answer: string
  readonly hint?: string
  readonly onName: (name: string) => void
}

const NameDialog = ({ title, label, name = '', answer, hint, onName }: NameDialogProps): ReactElement => {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(name)
  const wanted = typed.trim()
  return (
    <DialogFrame title={title} isOpen onClose={closeDialog} focused={field}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (wanted === '') return
          closeDialog()
          onName(wanted)
        }}
      >
        <label>
          {label}
          <input
            ref={field}
            value={typed}
            maxLength={LONGEST_NAME}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        {hint && <p className="quiet">{hint}</p>}
        <div className={styles.actions}>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="main" type="submit" disabled={wanted === ''}>
            {answer}
          </Button>
        </div>
      </form>
    </DialogFrame>
  )
}

const fits = (text: string, typed: string): boolean => text.toLowerCase().includes(typed.trim().toLowerCase())

/** Chooses a playlist for tracks, or makes one of them. */
const AddDialog = ({ trackIds }: { readonly trackIds: readonly number[] }): ReactElement => {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const { data: playlists = [] } = useQuery({ ...queryOf('listPlaylists'), meta: TOLD_AS_NOTICE })
  const pathOf = ({ folders, name }: Playlist): string => [...folders, name].join(' / ')
  const choices = playlists.filter((one) => one.filter === null && fits(pathOf(one), typed))
  const take = (playlist: Playlist): void => {
    closeDialog()
    addTracks(playlist, trackIds)
  }
  const make = (): void => {
    closeDialog()
    void makePlaylist({ name: typed.trim(), trackIds })
  }
  return (
    <DialogFrame title={`Add ${countText(trackIds.length)} to a playlist`} isOpen onClose={closeDialog} focused={field}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (choices[0] !== undefined) take(choices[0])
          else if (typed.trim() !== '') make()
        }}
      >
        <label>
          Playlist
          <input
            ref={field}
            value={typed}
            maxLength={LONGEST_NAME}
            placeholder="Search, or name a new one"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <ul className={styles.choices}>
          {choices.map((playlist) => (
            <li key={playlist.id}>
              <button type="button" className={styles.open} onClick={() => take(playlist)}>
                <ListMusic size={14} aria-hidden="true" /> <span className={styles.name}>{pathOf(playlist)}</span>
                <span className={`figures ${styles.count}`}>{playlist.tracks.toLocaleString('en-GB')}</span>
              </button>
            </li>
          ))}
          {typed.trim() !== '' && (
            <li>
              <button type="button" className={styles.open} onClick={make}>
                <Plus size={14} aria-hidden="true" /> New playlist “{typed.trim()}”
              </button>
            </li>
          )}
        </ul>
        {playlists.length === 0 && typed === '' && <p className="quiet">No playlists yet: name the first one.</p>}
      </form>
    </DialogFrame>
  )
}

/** Chooses a folder for a playlist, or makes one. */
const MoveDialog = ({ playlist }: { readonly playlist: Playlist }): ReactElement => {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const { data: folders = [] } = useQuery({ ...queryOf('listPlaylistFolders'), meta: TOLD_AS_NOTICE })
  const move = (path: FolderPath): void => {
    closeDialog()
    placePlaylist(playlist.id, { folders: path })
  }
  const choices = folders.filter((path) => fits(path.join(' / '), typed))
  return (
    <DialogFrame title={`Move “${playlist.name}”`} isOpen onClose={closeDialog} focused={field}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim() !== '') move(choices[0] ?? [typed.trim()])
        }}
      >
        <label>
          Folder
          <input
            ref={field}
            value={typed}
            maxLength={LONGEST_NAME}
            placeholder="Search, or name a new one"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <ul className={styles.choices}>
          {playlist.folders.length > 0 && (
            <li>
              <button type="button" className={styles.open} onClick={() => move([])}>
                In no folder
              </button>
            </li>
          )}
          {choices.map((path) => (
            <li key={path.join('\n')}>
              <button type="button" className={styles.open} onClick={() => move(path)}>
                <span className={styles.name}>{path.join(' / ')}</span>
              </button>
            </li>
          ))}
          {typed.trim() !== '' && (
            <li>
              <button type="button" className={styles.open} onClick={() => move([typed.trim()])}>
                <FolderPlus size={14} aria-hidden="true" /> New folder “{typed.trim()}”
              </button>
            </li>
          )}
        </ul>
      </form>
    </DialogFrame>
  )
}

const dialogOf = (dialog: PlaylistDialog): ReactElement => {
  switch (dialog.kind) {
    case 'add':
      return <AddDialog trackIds={dialog.trackIds} />
    case 'move':
      return <MoveDialog playlist={dialog.playlist} />
    case 'new': {
      const { folders, trackIds } = dialog
      const title = trackIds.length === 0 ? 'New playlist' : `New playlist of ${countText(trackIds.length)}`
      const onName = (name: string) => void makePlaylist({ name, folders, trackIds })
      return <NameDialog title={title} label="Name" answer="Make it" onName={onName} />
    }
    case 'new smart':
      return (
        <NameDialog
          title="Smart playlist"
          label="Name"
          answer="Make it"
          hint="It holds whatever the filters of the list find, now and later, in the order of the list."
          onName={(name) => void makePlaylist({ name, filter: dialog.filter })}
        />
      )
    case 'new folder':
      return (
        <NameDialog
          title="New folder"
          label="Name"
          answer="Make it"
          onName={(name) => makeFolder([...dialog.folders, name])}
        />
      )
    case 'rename':
      return (
        <NameDialog
          title="Rename the playlist"
          label="Name"
          name={dialog.playlist.name}
          answer="Rename"
          onName={(name) => renamePlaylist(dialog.playlist, name)}
        />
      )
    case 'rename folder':
      return (
        <NameDialog
          title="Rename the folder"
          label="Name"
          name={dialog.path.at(-1)!}
          answer="Rename"
          onName={(name) => moveFolder(dialog.path, [...dialog.path.slice(0, -1), name])}
        />
      )
  }
}

/** What is asked about playlists, one question at a time. */
export const PlaylistDialogs = (): ReactElement | null => {
  const dialog = usePlaylists((state) => state.dialog)
  return dialog && dialogOf(dialog)
}

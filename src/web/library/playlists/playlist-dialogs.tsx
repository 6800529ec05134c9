import { useQuery } from '@tanstack/react-query'
import { FolderPlus, ListMusic, Plus } from 'lucide-react'
import { type ReactElement, type ReactNode, useRef, useState } from 'react'
import { MOST_NAME_LETTERS } from '../../../core/library/kept-name.ts'
import { type FolderPath, folderKey } from '../../../core/library/playlist-folders.ts'
import { countText } from '../../../core/units/count-text.ts'
import { Button } from '../../kit/elements/button.tsx'
import { DialogFrame } from '../../kit/elements/dialog-frame.tsx'
import { TOLD_AS_NOTICE } from '../../queries/query-client.ts'
import { queryOf } from '../../queries/query-of.ts'
import { addTracks, makeFolder, makePlaylist, moveFolder, placePlaylist, renamePlaylist } from './playlist-edits.ts'
import { closeDialog, type PlaylistDialog, usePlaylists } from './playlist-state.ts'
import type { Playlist } from './playlist-tree.ts'
import styles from './side-bar.module.css'

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
            maxLength={MOST_NAME_LETTERS}
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

type Choice = {
  readonly id: string
  /** As it is searched for and shown. */
  readonly text: string
  readonly icon?: ReactNode
  readonly count?: number
  readonly take: () => void
}

type ChoiceDialogProps = {
  readonly title: string
  readonly label: string
  readonly choices: readonly Choice[]
  /** What can be chosen whatever is typed. */
  readonly always?: Choice | undefined
  /** What the typed name would make, e.g. `New folder`. */
  readonly making: string
  readonly makingIcon: ReactNode
  readonly onMake: (name: string) => void
  /** What stands there while there is nothing to choose. */
  readonly none?: string
}

const ChoiceLine = ({ text, icon, count, take }: Choice): ReactElement => (
  <li>
    <button
      type="button"
      className={styles.open}
      onClick={() => {
        closeDialog()
        take()
      }}
    >
      {icon} <span className={styles.name}>{text}</span>
      {count !== undefined && <span className={`figures ${styles.count}`}>{count.toLocaleString('en-GB')}</span>}
    </button>
  </li>
)

/** Chooses one of a list, or makes a new one of the name that is typed; the enter key takes the first that fits. */
const ChoiceDialog = (props: ChoiceDialogProps): ReactElement => {
  const { title, label, choices, always, making, makingIcon, onMake, none } = props
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const name = typed.trim()
  const fitting = choices.filter(({ text }) => text.toLowerCase().includes(name.toLowerCase()))
  return (
    <DialogFrame title={title} isOpen onClose={closeDialog} focused={field}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (name === '') return
          closeDialog()
          if (fitting[0] !== undefined) fitting[0].take()
          else onMake(name)
        }}
      >
        <label>
          {label}
          <input
            ref={field}
            value={typed}
            maxLength={MOST_NAME_LETTERS}
            placeholder="Search, or name a new one"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <ul className={styles.choices}>
          {always && <ChoiceLine {...always} />}
          {fitting.map((choice) => (
            <ChoiceLine key={choice.id} {...choice} />
          ))}
          {name !== '' && (
            <ChoiceLine id="new" text={`${making} “${name}”`} icon={makingIcon} take={() => onMake(name)} />
          )}
        </ul>
        {none !== undefined && choices.length === 0 && name === '' && <p className="quiet">{none}</p>}
      </form>
    </DialogFrame>
  )
}

/** Chooses a playlist for tracks, or makes one of them. */
const AddDialog = ({ trackIds }: { readonly trackIds: readonly number[] }): ReactElement => {
  const { data: playlists = [] } = useQuery({ ...queryOf('listPlaylists'), meta: TOLD_AS_NOTICE })
  return (
    <ChoiceDialog
      title={`Add ${countText(trackIds.length)} to a playlist`}
      label="Playlist"
      choices={playlists
        .filter(({ filter }) => filter === null)
        .map((playlist) => ({
          id: String(playlist.id),
          text: [...playlist.folders, playlist.name].join(' / '),
          icon: <ListMusic size={14} aria-hidden="true" />,
          count: playlist.tracks,
          take: () => addTracks(playlist, trackIds),
        }))}
      making="New playlist"
      makingIcon={<Plus size={14} aria-hidden="true" />}
      onMake={(name) => void makePlaylist({ name, trackIds })}
      none="No playlists yet: name the first one."
    />
  )
}

/** Chooses a folder for a playlist, or makes one. */
const MoveDialog = ({ playlist: { id, name, folders } }: { readonly playlist: Playlist }): ReactElement => {
  const { data: paths = [] } = useQuery({ ...queryOf('listPlaylistFolders'), meta: TOLD_AS_NOTICE })
  const move = (path: FolderPath): void => placePlaylist(id, { folders: path })
  return (
    <ChoiceDialog
      title={`Move “${name}”`}
      label="Folder"
      choices={paths.map((path) => ({ id: folderKey(path), text: path.join(' / '), take: () => move(path) }))}
      always={folders.length > 0 ? { id: 'none', text: 'In no folder', take: () => move([]) } : undefined}
      making="New folder"
      makingIcon={<FolderPlus size={14} aria-hidden="true" />}
      onMake={(typed) => move([typed])}
    />
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

import { ContextMenu } from '@base-ui/react/context-menu'
import { type MouseEvent, type ReactElement, type ReactNode, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import menu from '../kit/elements/menu.module.css'
import { analyseAgain, readSectionsAgain } from '../queries/job-requests.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import type { TrackRow } from '../queries/use-tracks.ts'
import { useLibrary } from './library-state.ts'
import { listMixable } from './list-mixable.ts'
import { openNotes } from './notes-dialog.tsx'
import { stepTracks, takeOutTracks } from './playlists/playlist-edits.ts'
import { askFor } from './playlists/playlist-state.ts'
import type { Playlist } from './playlists/playlist-tree.ts'
import { SimilarDialog } from './similar-dialog.tsx'
import { ignoreFiles, openRelocate, removeFromLibrary } from './track-files-state.ts'
import styles from './track-table.module.css'

type TrackMenuProps = {
  readonly rowAt: (index: number) => TrackRow | null
  readonly current: number
  /** The playlist that is open and whose tracks a person chose. */
  readonly playlist: Playlist | null
  /** Whether it is shown in its own order. */
  readonly isOrdered: boolean
  /** The menu was asked for on this row. */
  readonly onTarget: (index: number) => void
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
  readonly children: ReactNode
}

type ItemProps = { readonly name: string; readonly shortcut?: string; readonly run: () => void; readonly why?: string }

/** @param why says why it cannot be done now */
const Item = ({ name, shortcut, run, why }: ItemProps): ReactElement => (
  <ContextMenu.Item className={menu.item} disabled={why !== undefined} title={why} onClick={run}>
    {name}
    {why && <span className="sr-only">: {why}</span>}
    {shortcut && <kbd>{shortcut}</kbd>}
  </ContextMenu.Item>
)

/** What can be done with a track, or with all that are selected: by right click, long press or the menu key. */
export const TrackMenu = ({
  rowAt,
  current,
  playlist,
  isOrdered,
  onTarget,
  onOpen,
  onPlay,
  children,
}: TrackMenuProps): ReactElement => {
  const selected = useLibrary((state) => state.selected)
  const isShared = useIsCatalogue() === true
  const [similarTo, setSimilarTo] = useState<TrackRow | null>(null)
  const track = rowAt(current)
  const ids = track && !selected.has(track.id) ? [track.id] : [...selected]
  const aim = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-index]')
    if (row) onTarget(Number(row.dataset.index))
  }
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger className={styles.area} onContextMenuCapture={aim}>
        {children}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={menu.positioner}>
          <ContextMenu.Popup className={menu.popup}>
            <div className={menu.title}>{ids.length > 1 ? countText(ids.length) : track?.title}</div>
            {track && ids.length === 1 && (
              <>
                <Item name="Play" shortcut="Space" run={() => onPlay(track)} />
                <Item name="Open on the desk" shortcut="Enter" run={() => onOpen(track)} />
                <Item name="Show similar tracks" run={() => setSimilarTo(track)} />
                <Item name="List what mixes with it" run={() => listMixable(track)} />
              </>
            )}
            {track && ids.length === 1 && <ContextMenu.Separator className={menu.line} />}
            <Item
              name="Rating, colour, comment, tags…"
              shortcut="E"
              run={() => openNotes({ trackIds: ids, track: ids.length === 1 ? track : null })}
            />
            <Item name="Add to a playlist…" shortcut="A" run={() => askFor({ kind: 'add', trackIds: ids })} />
            {isOrdered && playlist && (
              <>
                <Item name="Move up" shortcut="Alt+↑" run={() => void stepTracks(playlist.id, ids, -1)} />
                <Item name="Move down" shortcut="Alt+↓" run={() => void stepTracks(playlist.id, ids, 1)} />
              </>
            )}
            {playlist && (
              <Item
                name={`Take out of “${playlist.name}”`}
                shortcut="Delete"
                run={() => takeOutTracks(playlist.id, ids)}
              />
            )}
            {!isShared && (
              <>
                <Item
                  name={ids.length === 1 && track?.state === 'failed' ? 'Try again' : 'Analyse again'}
                  run={() => void analyseAgain(ids)}
                />
                <Item name="Read sections again" run={() => void readSectionsAgain(ids)} />
                <ContextMenu.Separator className={menu.line} />
                <Item
                  name="Relocate…"
                  run={() => openRelocate(ids, ids.length > 1 ? countText(ids.length) : `“${track?.title}”`)}
                />
                <Item
                  name={ids.length > 1 ? 'Ignore these files' : 'Ignore this file'}
                  run={() => void ignoreFiles(ids)}
                  {...(ids.length === 1 && track?.state === 'missing' ? { why: 'it has no file' } : {})}
                />
                <Item name="Remove from library" run={() => void removeFromLibrary(ids)} />
              </>
            )}
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
      {similarTo && (
        <SimilarDialog track={similarTo} onClose={() => setSimilarTo(null)} onOpen={onOpen} onPlay={onPlay} />
      )}
    </ContextMenu.Root>
  )
}

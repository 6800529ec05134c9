import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { type ReactElement, useRef } from 'react'
import { useNavigate } from 'react-router'
import type { Command as PaletteCommand } from '../kit/commands.ts'
import { deskPath } from '../kit/desk-path.ts'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { listedOrder } from '../library/listed-order.ts'
import { playTrack } from '../player/player.ts'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import { closeOverlay, useShell } from './overlay.ts'
import styles from './palette.module.css'
import { COMMANDS } from './palette-commands.ts'

const MOST_TRACKS = 8

const fits = ({ name, words }: Pick<PaletteCommand, 'name' | 'words'>, text: string): boolean => {
  const said = `${name} ${words}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}

/** Finds a track, a screen or an action by a few letters. */
export const Palette = (): ReactElement => {
  const navigate = useNavigate()
  const text = useShell(({ sought }) => sought)
  /** Whether what chooses now, a key or a click, does so with Shift. */
  const isShifted = useRef(false)
  const wanted = text.trim()
  const { data: page, isPlaceholderData } = useQuery({
    ...queryOf('listTracks', { query: { q: wanted, limit: MOST_TRACKS } }),
    meta: TOLD_AS_NOTICE,
    enabled: wanted !== '',
    placeholderData: (before) => before,
  })
  // Enter takes what stands first: a track found for other letters must not be it.
  const tracks = (wanted === '' ? [] : (page?.tracks ?? [])).filter(
    ({ title, artist }) => !isPlaceholderData || fits({ name: title, words: artist ?? '' }, wanted),
  )
  const commands = COMMANDS.filter((command) => fits(command, wanted))
  const choose = (run: () => void): void => {
    closeOverlay()
    run()
  }
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label="Find a track, a screen or an action">
          <Command
            shouldFilter={false}
            loop
            label="Find a track, a screen or an action"
            onKeyDownCapture={({ shiftKey }) => {
              isShifted.current = shiftKey
            }}
            onPointerDownCapture={({ shiftKey }) => {
              isShifted.current = shiftKey
            }}
          >
            <Command.Input
              className={styles.input}
              placeholder="Track, screen or action"
              value={text}
              onValueChange={(sought) => useShell.setState({ sought })}
            />
            <Command.List className={styles.list}>
              <Command.Empty className={styles.empty}>Nothing by that name.</Command.Empty>
              {tracks.length > 0 && (
                <Command.Group heading="Tracks" className={styles.group}>
                  {tracks.map((track) => (
                    <Command.Item
                      key={track.id}
                      value={`track ${track.id}`}
                      className={styles.item}
                      onSelect={() =>
                        choose(() =>
                          isShifted.current ? playTrack(track, listedOrder) : void navigate(deskPath(track.id)),
                        )
                      }
                    >
                      <span>
                        {track.title} <span className="quiet">{track.artist}</span>
                      </span>
                      <KeyBadge camelot={track.camelot} name={track.key} />
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {commands.length > 0 && (
                <Command.Group heading="Screens and actions" className={styles.group}>
                  {commands.map(({ name, shortcut, run }) => (
                    <Command.Item
                      key={name}
                      value={name}
                      className={styles.item}
                      onSelect={() => choose(() => run((path) => void navigate(path)))}
                    >
                      {name}
                      {shortcut && <kbd>{shortcut}</kbd>}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
          {tracks.length > 0 && (
            <p className={styles.foot}>
              <kbd>Enter</kbd> opens the track on the desk, <kbd>Shift</kbd> <kbd>Enter</kbd> plays it
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

import type { ReactElement } from 'react'
import type { GraphPlace } from '../../core/setlist/graph-places.ts'
import { countText } from '../../core/units/count-text.ts'
import { useListedPool } from '../library/use-listed-pool.ts'
import type { Colouring } from './graph-colours.ts'
import styles from './graph-controls.module.css'
import { changeLook, useGraph } from './graph-state.ts'
import { usePlaylistChoices, useShownPlaylist } from './use-shown-playlist.ts'

const PLACES: Readonly<Record<GraphPlace, string>> = {
  mix: 'what mixes is close',
  sound: 'what sounds alike is close',
  key: 'on the wheel of keys',
  tempo: 'by tempo and energy',
}
const COLOURINGS: Readonly<Record<Colouring, string>> = {
  key: 'key',
  energy: 'energy',
  tag: 'what is heard',
  genre: 'genre',
  playlist: 'playlist',
}

type ChoiceProps<Value extends string> = {
  readonly name: string
  readonly value: Value
  readonly choices: Readonly<Record<Value, string>>
  readonly onChoose: (value: Value) => void
}

const Choice = <Value extends string>({ name, value, choices, onChoose }: ChoiceProps<Value>): ReactElement => (
  <label className={styles.choice}>
    <span>{name}</span>
    <select value={value} onChange={({ target }) => onChoose(target.value as Value)}>
      {Object.entries<string>(choices).map(([one, words]) => (
        <option key={one} value={one}>
          {words}
        </option>
      ))}
    </select>
  </label>
)

/** How the graph is shown, and of which tracks. */
export const GraphControls = ({ isDrawable }: { readonly isDrawable: boolean }): ReactElement => {
  const { by, colouring, isFiltered, hearsOnHover, view } = useGraph((state) => state.look)
  const isDrawing = useGraph((state) => state.isDrawing)
  const { tracks } = useListedPool()
  const playlists = usePlaylistChoices()
  const shown = useShownPlaylist()
  return (
    <form className={styles.controls} aria-label="How the graph is shown" onSubmit={(event) => event.preventDefault()}>
      <Choice name="Placed" value={by} choices={PLACES} onChoose={(chosen) => changeLook({ by: chosen })} />
      <Choice
        name="Coloured by"
        value={colouring}
        choices={COLOURINGS}
        onChoose={(chosen) => changeLook({ colouring: chosen })}
      />
      {colouring === 'playlist' && (
        <label className={styles.choice}>
          <span>Playlist</span>
          <select
            value={shown?.id ?? ''}
            disabled={playlists.length === 0}
            onChange={({ target }) => useGraph.setState({ playlistId: Number(target.value) })}
          >
            {playlists.length === 0 && <option value="">none yet</option>}
            {playlists.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Choice
        name="Tracks"
        value={isFiltered ? 'list' : 'all'}
        choices={{
          all: 'the whole library',
          list: `the library as filtered now${tracks === undefined ? '' : `: ${countText(tracks)}`}`,
        }}
        onChoose={(chosen) => changeLook({ isFiltered: chosen === 'list' })}
      />
      {isDrawable && (
        <Choice
          name="Shown as"
          value={view}
          choices={{ graph: 'a graph', table: 'a table' }}
          onChoose={(chosen) => changeLook({ view: chosen })}
        />
      )}
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={isDrawing}
          onChange={({ target }) => useGraph.setState({ isDrawing: target.checked })}
        />
        Clicks draw a path
      </label>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={hearsOnHover}
          onChange={({ target }) => changeLook({ hearsOnHover: target.checked })}
        />
        Hear tracks under the pointer
      </label>
    </form>
  )
}

import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './scopes-panel.module.css'

/** What a part of the library can be told by, as parameters of the list of tracks. */
const BY = { genre: 'Genre', tag: 'Heard tag', my_tags: 'Own tag', playlist: 'Playlist', path: 'Folder' } as const
type By = keyof typeof BY

type NewScopeProps = { readonly onAdd: (scope: { readonly name: string; readonly filter: string }) => void }

/** Names a part of the library to train a model for. */
export const NewScope = ({ onAdd }: NewScopeProps): ReactElement => {
  const [by, setBy] = useState<By>('genre')
  const [value, setValue] = useState('')
  const [name, setName] = useState('')
  const { data: playlists = [] } = useQuery({ ...queryOf('listPlaylists'), enabled: by === 'playlist' })
  const chosen = by === 'playlist' ? playlists.find(({ id }) => String(id) === value)?.name : value.trim()
  const shownName = name.trim() || chosen || ''
  const add = (): void => {
    onAdd({ name: shownName, filter: new URLSearchParams({ [by]: value.trim() }).toString() })
    setValue('')
    setName('')
  }
  return (
    <form
      className={styles.scope}
      aria-label="New scope"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label>
        By{' '}
        <select
          value={by}
          onChange={({ target }) => {
            setBy(target.value as By)
            setValue('')
          }}
        >
          {Object.entries(BY).map(([key, title]) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor="scope-value">
        {BY[by]}{' '}
        {by === 'playlist' ? (
          <select id="scope-value" value={value} onChange={({ target }) => setValue(target.value)}>
            <option value="">Choose…</option>
            {playlists.map((playlist) => (
              <option key={playlist.id} value={playlist.id}>
                {playlist.name}
              </option>
            ))}
          </select>
        ) : (
          <input id="scope-value" value={value} maxLength={200} onChange={({ target }) => setValue(target.value)} />
        )}
      </label>
      <label>
        Name{' '}
        <input value={name} maxLength={200} placeholder={chosen} onChange={({ target }) => setName(target.value)} />
      </label>
      <Button type="submit" disabled={value.trim() === '' || shownName === ''}>
        Add
      </Button>
    </form>
  )
}

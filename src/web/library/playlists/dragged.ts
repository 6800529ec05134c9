import { type DragEvent, useState } from 'react'
import type { FolderPath } from '../../../core/library/playlist-folders.ts'
import { countText } from '../../../core/units/count-text.ts'

/** What is dragged within the page; the types are seen while it moves, the contents only where it is dropped. */
const TYPES = {
  tracks: 'application/x-algiers-tracks',
  playlist: 'application/x-algiers-playlist',
  folder: 'application/x-algiers-folder',
} as const
type Contents = {
  readonly tracks: readonly number[]
  readonly playlist: number
  readonly folder: FolderPath
}
type Dragged = keyof Contents

export const drag = <Kind extends Dragged>(event: DragEvent, kind: Kind, contents: Contents[Kind]): void => {
  event.stopPropagation()
  event.dataTransfer.setData(TYPES[kind], JSON.stringify(contents))
  event.dataTransfer.effectAllowed = 'copyMove'
}

/** Shows how many tracks are dragged, where it is more than the row under the pointer. */
export const showCount = ({ dataTransfer }: DragEvent, count: number): void => {
  if (count < 2) return
  const label = document.createElement('div')
  label.textContent = countText(count)
  label.className = 'drag-count'
  document.body.append(label)
  dataTransfer.setDragImage(label, 12, 12)
  setTimeout(() => label.remove())
}

export const isDragged = ({ dataTransfer }: DragEvent, kind: Dragged): boolean =>
  dataTransfer.types.includes(TYPES[kind])

const read = <Kind extends Dragged>({ dataTransfer }: DragEvent, kind: Kind): Contents[Kind] | null => {
  const text = dataTransfer.getData(TYPES[kind])
  return text === '' ? null : (JSON.parse(text) as Contents[Kind])
}

type Takers = { readonly [Kind in Dragged]?: ((contents: Contents[Kind]) => void) | undefined }

type DropTarget = {
  readonly 'data-over'?: true
  readonly onDragOver: (event: DragEvent) => void
  readonly onDragLeave: (event: DragEvent) => void
  readonly onDrop: (event: DragEvent) => void
}

/** Takes what is dropped on an element, as far as there is a taker for it. */
export const useDropTarget = (takers: Takers): DropTarget => {
  const [isOver, setIsOver] = useState(false)
  const kinds = (Object.keys(TYPES) as readonly Dragged[]).filter((kind) => takers[kind] !== undefined)
  return {
    ...(isOver ? { 'data-over': true } : {}),
    onDragOver: (event) => {
      if (!kinds.some((kind) => isDragged(event, kind))) return
      event.preventDefault()
      event.stopPropagation()
      setIsOver(true)
    },
    onDragLeave: ({ currentTarget, relatedTarget }) => {
      if (!currentTarget.contains(relatedTarget as Node | null)) setIsOver(false)
    },
    onDrop: (event) => {
      setIsOver(false)
      for (const kind of kinds) {
        const contents = read(event, kind)
        if (contents === null) continue
        event.preventDefault()
        event.stopPropagation()
        ;(takers[kind] as (contents: unknown) => void)(contents)
      }
    },
  }
}

/** The tracks that were dropped; null where it was something else. */
export const droppedTracks = (event: DragEvent): readonly number[] | null => read(event, 'tracks')

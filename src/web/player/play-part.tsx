import { Pause, Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../kit/elements/button.tsx'
import type { Stretch } from './player.ts'
import { togglePreview, usePreview } from './preview.ts'

type PlayPartProps = {
  readonly part: string
  readonly trackId: number
  readonly stretch: Stretch
  readonly name: string
}

/** Plays a stretch of any track beside the one of the player. */
export const PlayPart = ({ part, trackId, stretch, name }: PlayPartProps): ReactElement => {
  const isHeard = usePreview(({ key }) => key === part)
  const Icon = isHeard ? Pause : Play
  return (
    <Button
      look="bare"
      aria-label={`${isHeard ? 'Stop' : 'Play'} the ${name}`}
      onClick={() => togglePreview(part, trackId, stretch)}
    >
      <Icon size={13} aria-hidden="true" />
    </Button>
  )
}

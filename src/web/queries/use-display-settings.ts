import { useEffect } from 'react'
import { useDisplay } from '../kit/words/display.ts'
import { useSettings } from './use-settings.ts'

/** Lets every screen write keys and tempi as the settings say. */
export const useDisplaySettings = (): void => {
  const { data: settings } = useSettings()
  useEffect(() => {
    if (settings) useDisplay.setState({ keyNotation: settings.key_notation, bpmRangeFrom: settings.bpm_range_from })
  }, [settings])
}

/** The address of a track on the desk. @param beat where its section starts that is selected there */
export const deskPath = (trackId: number, beat?: number): string =>
  beat === undefined ? `/desk/${trackId}` : `/desk/${trackId}?beat=${beat}`

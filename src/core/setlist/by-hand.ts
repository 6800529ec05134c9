/** The style of a window that the person has moved. */
export const BY_HAND = 'by hand'

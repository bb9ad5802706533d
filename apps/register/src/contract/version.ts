/** Raised when pages and core would no longer understand each other. A page of another version is told to reload. */
export const CONTRACT_VERSION = 2;

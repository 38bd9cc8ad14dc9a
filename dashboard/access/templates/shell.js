// Streamlit's page reads this before it connects: its server is at the root of this origin, whatever page is open.
window.__streamlit = { BACKEND_BASE_URL: window.location.origin + "/", MAIN_PAGE_BASE_URL: window.location.origin + "/" };

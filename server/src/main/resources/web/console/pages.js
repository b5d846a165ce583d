/* The pages of the console; each is the element that places.js names. */
import './admin-page.js';
import './audit-page.js';
import './board-page.js';
import './booking-page.js';
import './departments-page.js';
import './devices-page.js';
import './me-page.js';
import './people-page.js';
import './person-page.js';
import './policies-page.js';
import './policy-page.js';
import './room-page.js';
import './rooms-page.js';
import './site-page.js';
import './sites-page.js';
import './today-page.js';
